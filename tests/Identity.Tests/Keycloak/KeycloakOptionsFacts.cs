using Keycloak.AuthServices.Authentication;
using Keycloak.AuthServices.Common;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace Platform.Identity.Tests.Keycloak;

public sealed class KeycloakOptionsFacts
{
    private static readonly Dictionary<string, string?> Kebab = new()
    {
        ["Keycloak:realm"] = "platform",
        ["Keycloak:auth-server-url"] = "http://localhost:8080",
        ["Keycloak:ssl-required"] = "none",
        ["Keycloak:resource"] = "platform-api",
        ["Keycloak:verify-token-audience"] = "true",
        ["Keycloak:token-clock-skew"] = "00:00:10",
        ["Keycloak:credentials:secret"] = "hush",
        ["Keycloak:AdditionalAudiences:0"] = "reports",
    };

    private static readonly Dictionary<string, string?> Pascal = new()
    {
        ["Keycloak:Realm"] = "platform",
        ["Keycloak:AuthServerUrl"] = "http://localhost:8080/",
        ["Keycloak:SslRequired"] = "none",
        ["Keycloak:Resource"] = "platform-api",
        ["Keycloak:VerifyTokenAudience"] = "true",
        ["Keycloak:TokenClockSkew"] = "00:00:10",
        ["Keycloak:Credentials:Secret"] = "hush",
        ["Keycloak:AdditionalAudiences:0"] = "reports",
    };

    public static TheoryData<string> Spellings => [nameof(Kebab), nameof(Pascal)];

    [Theory]
    [MemberData(nameof(Spellings))]
    public void Both_spellings_give_the_same_bearer_options(string spelling)
    {
        var options = Bearer(services => services.AddKeycloakWebApiAuthentication(Settings(spelling)));

        Assert.Equal("http://localhost:8080/realms/platform/", options.Authority);
        Assert.Equal("platform-api", options.Audience);
        Assert.False(options.RequireHttpsMetadata);
        Assert.True(options.SaveToken);
        Assert.True(options.MapInboundClaims);
        var validation = options.TokenValidationParameters;
        Assert.True(validation.ValidateAudience);
        Assert.True(validation.ValidateIssuer);
        Assert.Equal(TimeSpan.FromSeconds(10), validation.ClockSkew);
        Assert.Equal(["platform-api", "reports"], validation.ValidAudiences);
        Assert.Equal("preferred_username", validation.NameClaimType);
        Assert.Equal("role", validation.RoleClaimType);
    }

    [Theory]
    [MemberData(nameof(Spellings))]
    public void Options_can_be_read_and_bound_without_authentication(string spelling)
    {
        var read = Settings(spelling).GetKeycloakOptions<KeycloakInstallationOptions>();
        var bound = new KeycloakAuthenticationOptions();
        Settings(spelling).BindKeycloakOptions(bound);

        Assert.Equal("hush", read?.Credentials.Secret);
        Assert.Equal("http://localhost:8080/realms/platform/protocol/openid-connect/token", read?.KeycloakTokenEndpoint);
        Assert.Equal("http://localhost:8080/realms/platform/.well-known/openid-configuration", bound.OpenIdConnectUrl);
    }

    [Fact]
    public void A_missing_section_gives_no_options() =>
        Assert.Null(new ConfigurationBuilder().Build().GetKeycloakOptions<KeycloakAuthenticationOptions>());

    [Fact]
    public void The_Pascal_spelling_wins_where_both_are_written()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(Kebab)
            .AddInMemoryCollection([new("Keycloak:AuthServerUrl", "https://login.example/")]).Build();

        Assert.Equal("https://login.example/", settings.GetKeycloakOptions<KeycloakAuthenticationOptions>()?.AuthServerUrl);
    }

    [Fact]
    public void Clocks_may_not_differ_by_default()
    {
        var options = Bearer(services => services.AddKeycloakWebApiAuthentication(Minimal));

        Assert.Equal(TimeSpan.Zero, options.TokenValidationParameters.ClockSkew);
    }

    [Fact]
    public void An_http_authority_is_refused_unless_ssl_is_not_required()
    {
        static void Insecure(KeycloakAuthenticationOptions options)
        {
            Minimal(options);
            options.SslRequired = "external";
        }

        Assert.Throws<InvalidOperationException>(() => Bearer(services => services.AddKeycloakWebApiAuthentication(Insecure)));
    }

    [Fact]
    public void The_audience_of_other_applications_is_accepted_only_when_asked_for()
    {
        var options = Bearer(services => services.AddKeycloakWebApiAuthentication(keycloak =>
        {
            Minimal(keycloak);
            keycloak.VerifyTokenAudience = false;
        }));

        Assert.False(options.TokenValidationParameters.ValidateAudience);
    }

    [Fact]
    public void The_metadata_address_is_below_the_realm()
    {
        var options = Bearer(services => services.AddKeycloakWebApiAuthentication(keycloak =>
        {
            Minimal(keycloak);
            keycloak.MetadataAddress = KeycloakConstants.OAuthAuthorizationServerMetadataPath;
        }));

        Assert.Equal("http://localhost:8080/realms/platform/.well-known/oauth-authorization-server", options.MetadataAddress);
    }

    [Fact]
    public void Without_a_server_address_the_authority_is_left_to_the_scheme()
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Authentication:Schemes:Bearer:Authority", "https://login.example/")]).Build();
        var options = Bearer(services =>
        {
            services.AddSingleton<IConfiguration>(settings);
            services.AddKeycloakWebApiAuthentication(settings);
        });

        Assert.Equal("https://login.example/", options.Authority);
    }

    [Fact]
    public void The_callers_adjustment_comes_last()
    {
        var options = Bearer(services => services.AddKeycloakWebApiAuthentication(
            Settings(nameof(Kebab)), (JwtBearerOptions bearer) => bearer.MapInboundClaims = false));

        Assert.False(options.MapInboundClaims);
        Assert.Equal("platform-api", options.Audience);
    }

    [Fact]
    public async Task The_scheme_becomes_the_default()
    {
        var services = new ServiceCollection().AddLogging();
        var builder = services.AddKeycloakWebApiAuthentication((keycloak, _) => Minimal(keycloak), jwtBearerScheme: "Tokens");
        await using var provider = services.BuildServiceProvider();
        var scheme = await provider.GetRequiredService<IAuthenticationSchemeProvider>().GetDefaultAuthenticateSchemeAsync();

        Assert.Equal("Tokens", builder.JwtBearerAuthenticationScheme);
        Assert.Equal("Tokens", scheme?.Name);
    }

    private static void Minimal(KeycloakAuthenticationOptions options)
    {
        options.AuthServerUrl = "http://localhost:8080";
        options.Realm = "platform";
        options.Resource = "platform-api";
        options.SslRequired = "none";
    }

    private static IConfiguration Settings(string spelling) =>
        new ConfigurationBuilder().AddInMemoryCollection(spelling == nameof(Kebab) ? Kebab : Pascal).Build();

    private static JwtBearerOptions Bearer(Action<IServiceCollection> configure)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        configure(services);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptionsMonitor<JwtBearerOptions>>().Get(JwtBearerDefaults.AuthenticationScheme);
    }
}
