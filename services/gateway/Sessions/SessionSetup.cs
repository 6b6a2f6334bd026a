using Keycloak.AuthServices.Authentication;
using Keycloak.AuthServices.Common;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Platform.Gateway.Limits;
using Platform.Gateway.Pages;
using Platform.Gateway.Sessions.Api;
using Platform.Gateway.Sessions.Requests;
using Platform.Gateway.Sessions.SignIn;
using Platform.Gateway.Sessions.Storage;
using Platform.Invocation;

namespace Platform.Gateway.Sessions;

/// <summary>Sign-in for browsers, see docs/sessions.md. Without <c>Sessions:ClientSecret</c> there is none of it.</summary>
internal static class SessionSetup
{
    /// <summary>Signs in at the identity server.</summary>
    public const string SignInScheme = "identity";

    /// <summary>Keeps who has signed in.</summary>
    public const string SessionScheme = "session";

    private const string SidecarClient = "sessions-sidecar";
    private const string IdentityClient = "sessions-identity";

    public static bool HasSessions(this IConfiguration configuration) =>
        !string.IsNullOrEmpty(configuration[$"{SessionOptions.Section}:{nameof(SessionOptions.ClientSecret)}"]);

    public static WebApplicationBuilder AddSessions(this WebApplicationBuilder builder)
    {
        if (!builder.Configuration.HasSessions())
            return builder;
        var section = builder.Configuration.GetSection(SessionOptions.Section);
        var services = builder.Services;
        services.AddOptions<SessionOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        var protector = SecretProtector.From(section[nameof(SessionOptions.Keys)] ?? "");
        var keycloak = builder.Configuration.GetKeycloakOptions<KeycloakAuthenticationOptions>()!;
        AddSignIn(services, section.Get<SessionOptions>()!, keycloak, protector);
        AddStorage(services, builder.Configuration, protector);
        services.AddSingleton<SessionCookie>();
        services.AddSingleton<DeviceCookie>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<SessionsPage>();
        services.AddSingleton<SignInFailedPage>();
        return builder;
    }

    /// <summary>Cookies become tokens here: before authentication.</summary>
    public static void UseSessions(this WebApplication app)
    {
        if (!app.Configuration.HasSessions())
            return;
        app.UseMiddleware<SessionMiddleware>();
        // The handler answers at its place in authentication, which is before everybody is counted.
        app.UseWhen(
            context => context.Request.Path == OpenIdConnectSetup.CallbackPath,
            callback => callback.UseMiddleware<RateLimitMiddleware>());
    }

    /// <summary>What has been refused is answered here: after the rate limit.</summary>
    public static void UseSessionRefusals(this WebApplication app)
    {
        if (app.Configuration.HasSessions())
            app.UseMiddleware<SessionRefusalMiddleware>();
    }

    public static void MapSessions(this WebApplication app)
    {
        if (!app.Configuration.HasSessions())
            return;
        app.MapBff();
        app.MapSessionPages();
    }

    private static void AddSignIn(
        IServiceCollection services, SessionOptions sessions, KeycloakAuthenticationOptions keycloak, SecretProtector protector)
    {
        services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, SessionSignInHandler>(SessionScheme, null)
            .AddOpenIdConnect(SignInScheme, oidc => OpenIdConnectSetup.Configure(oidc, sessions, keycloak, protector));
        services.AddHttpClient(IdentityClient, client => client.Timeout = TimeSpan.FromSeconds(10))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<IdentityServer>(provider, Client(provider, IdentityClient)));
        services.AddSingleton<LogoutTokens>();
        services.AddSingleton<SignInChallenge>();
        services.AddSingleton<SignOut>();
    }

    private static void AddStorage(IServiceCollection services, IConfiguration configuration, IDataProtectionProvider protector)
    {
        var address = SidecarAddress.From(configuration);
        services.AddSidecarClient(SidecarClient, address, TimeSpan.FromSeconds(5));
        services.AddSingleton(provider => new SealedState(Client(provider, SidecarClient), protector, provider.GetRequiredService<ILogger<SealedState>>()));
        services.AddSingleton(provider => new TenantNames(Client(provider, SidecarClient)));
        services.AddSingleton(provider => new DeviceReports(Client(provider, SidecarClient), provider.GetRequiredService<ILogger<DeviceReports>>()));
        services.AddSingleton<SessionIndex>();
        services.AddSingleton<SessionStore>();
    }

    private static HttpClient Client(IServiceProvider provider, string name) => provider.GetRequiredService<IHttpClientFactory>().CreateClient(name);
}
