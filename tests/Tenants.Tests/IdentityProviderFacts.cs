using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Tenants.Tests;

/// <summary>A company's administrator manages where its people sign in.</summary>
public sealed class IdentityProviderFacts(TenantsFixture tenants) : IClassFixture<TenantsFixture>
{
    private static readonly string Certificate = NewCertificate(2048);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_provider_is_registered_for_the_company_alone_and_its_secret_is_kept_nowhere()
    {
        var company = await tenants.CompanyAsync();
        var secret = $"{Guid.NewGuid():N}";
        var made = await As(company).CreateIdentityProviderAsync(Oidc(secret), cancellationToken: Token);

        var there = tenants.Identity.Provider(made.Alias)!;
        Assert.Equal((company.Tenant.ToString(), true, true, true), (tenants.Identity.OrganizationOf(made.Alias), (bool)there["enabled"]!, (bool)there["trustEmail"]!, (bool)there["hideOnLogin"]!));
        Assert.Equal((secret, "https://idp.example/keys", "ANY", "true"), (Config(there, "clientSecret"), Config(there, "jwksUrl"), Config(there, "kc.org.domain"), Config(there, "validateSignature")));
        Assert.EndsWith($"/broker/{made.Alias}/endpoint", made.RedirectUri, StringComparison.Ordinal);
        Assert.Equal(("", ""), (made.Oidc.ClientSecret, made.MetadataUri));
        foreach (var table in new[] { "identity_providers", "outbox_messages", "idempotency_records", "audit_entries" })
            Assert.Equal(0, await tenants.Database.QueryAsync<long>($"SELECT count(*) FROM {table} t WHERE t::text LIKE '%{secret}%'"));
        Assert.Equal(1, await tenants.EventsAsync("IdentityProviderChanged", Guid.Parse(made.Id)));
        Assert.Equal(1, await tenants.Database.QueryAsync<long>($"SELECT count(*) FROM audit_entries WHERE tenant_id = '{company.Tenant}' AND resource = 'tenants.identity_provider' AND actor = '{company.AdministratorId}'"));
        var other = await tenants.CompanyAsync();
        Assert.Empty((await As(other).ListIdentityProvidersAsync(new ListIdentityProvidersRequest(), cancellationToken: Token)).IdentityProviders);
        await Fails.With(StatusCode.NotFound, "NOT_FOUND", As(other).DeleteIdentityProviderAsync(new DeleteIdentityProviderRequest { Id = made.Id }, cancellationToken: Token));
    }

    [Fact]
    public async Task It_is_changed_without_its_secret_switched_off_and_removed()
    {
        var company = await tenants.CompanyAsync();
        var made = await As(company).CreateIdentityProviderAsync(Oidc("first"), cancellationToken: Token);
        var change = new IdentityProvider { Id = made.Id, Etag = made.Etag, DisplayName = "Initech SSO", Disabled = true };
        var changed = await As(company).UpdateIdentityProviderAsync(new UpdateIdentityProviderRequest { IdentityProvider = change }, cancellationToken: Token);
        var there = tenants.Identity.Provider(made.Alias)!;
        Assert.Equal(("Initech SSO", false, "first"), ((string?)there["displayName"], (bool)there["enabled"]!, Config(there, "clientSecret")));

        await Fails.With(StatusCode.Aborted, "STALE_ETAG", As(company).UpdateIdentityProviderAsync(new UpdateIdentityProviderRequest { IdentityProvider = change }, cancellationToken: Token));
        var moved = new UpdateIdentityProviderRequest { IdentityProvider = changed.Clone(), UpdateMask = new FieldMask { Paths = { "oidc.issuer" } } };
        moved.IdentityProvider.Oidc.Issuer = "https://other.example";
        await Fails.With(StatusCode.InvalidArgument, "INVALID_ARGUMENT", As(company).UpdateIdentityProviderAsync(moved, cancellationToken: Token));
        var secret = new UpdateIdentityProviderRequest { IdentityProvider = changed.Clone(), UpdateMask = new FieldMask { Paths = { "oidc.client_secret" } } };
        secret.IdentityProvider.Oidc.ClientSecret = "second";
        await As(company).UpdateIdentityProviderAsync(secret, cancellationToken: Token);
        Assert.Equal("second", Config(tenants.Identity.Provider(made.Alias)!, "clientSecret"));

        await As(company).DeleteIdentityProviderAsync(new DeleteIdentityProviderRequest { Id = made.Id }, cancellationToken: Token);
        Assert.Null(tenants.Identity.Provider(made.Alias));
        await Fails.With(StatusCode.NotFound, "NOT_FOUND", As(company).GetIdentityProviderAsync(new GetIdentityProviderRequest { Id = made.Id }, cancellationToken: Token));
    }

    [Fact]
    public async Task A_saml_server_is_known_by_its_certificates_and_told_when_they_end()
    {
        var company = await tenants.CompanyAsync();
        var made = await As(company).CreateIdentityProviderAsync(Saml($"-----BEGIN CERTIFICATE-----\n{Certificate}\n-----END CERTIFICATE-----\n"), cancellationToken: Token);
        var there = tenants.Identity.Provider(made.Alias)!;
        Assert.Equal(("saml", Certificate, "https://idp.example/metadata", "true"),
            ((string?)there["providerId"], Config(there, "signingCertificate"), Config(there, "idpEntityId"), Config(there, "wantAuthnRequestsSigned")));
        Assert.EndsWith("/endpoint/descriptor", made.MetadataUri, StringComparison.Ordinal);
        var problems = (await As(company).TestIdentityProviderAsync(new TestIdentityProviderRequest { Id = made.Id }, cancellationToken: Token)).Problems;
        Assert.Contains("certificate ends on", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_save_sets_what_is_set_clears_what_is_cleared_and_keeps_what_it_does_not_know()
    {
        var company = await tenants.CompanyAsync();
        var request = Saml(Certificate);
        var saml = request.IdentityProvider.Saml;
        (saml.WantEncryptedAssertions, saml.AllowSignInsBegunThere, saml.SignOutUrl, saml.PostSignOuts, saml.UnsignedRequests) = (true, true, "https://idp.example/slo", true, true);
        var made = await As(company).CreateIdentityProviderAsync(request, cancellationToken: Token);
        string?[] Said(params string[] keys) => [.. keys.Select(key => Config(tenants.Identity.Provider(made.Alias)!, key))];
        string[] keys = ["wantAssertionsEncrypted", "platform.idpInitiated", "singleLogoutServiceUrl", "postBindingLogout", "wantAuthnRequestsSigned", "allowedClockSkew"];
        var first = Said(keys);
        tenants.Identity.Set(made.Alias, "allowedClockSkew", "60");
        var change = new UpdateIdentityProviderRequest
        {
            IdentityProvider = new IdentityProvider { Id = made.Id, Etag = made.Etag, Saml = new SamlSettings() },
            UpdateMask = new FieldMask { Paths = { "saml.allow_sign_ins_begun_there", "saml.sign_out_url", "saml.unsigned_requests" } },
        };
        var changed = await As(company).UpdateIdentityProviderAsync(change, cancellationToken: Token);

        Assert.Equal(["true", "true", "https://idp.example/slo", "true", "false", null], first);
        Assert.Equal(["true", "false", null, "true", "true", "60"], Said(keys));
        Assert.False(tenants.Identity.Provider(made.Alias)!["config"]!.AsObject().ContainsKey("singleLogoutServiceUrl"));
        Assert.Equal(($"{made.RedirectUri}/clients/platform", ""), (made.BegunThereUri, changed.BegunThereUri));

        var oidc = Oidc("secret");
        (oidc.IdentityProvider.Oidc.EndSessionUrl, oidc.IdentityProvider.Oidc.CallEndSession) = ("https://idp.example/logout", true);
        made = await As(company).CreateIdentityProviderAsync(oidc, cancellationToken: Token);
        var logout = Said("logoutUrl", "backchannelSupported");
        change = new UpdateIdentityProviderRequest { IdentityProvider = made.Clone(), UpdateMask = new FieldMask { Paths = { "oidc.end_session_url" } } };
        change.IdentityProvider.Oidc.EndSessionUrl = "";
        await As(company).UpdateIdentityProviderAsync(change, cancellationToken: Token);
        Assert.Equal(["https://idp.example/logout", "true"], logout);
        Assert.Equal([null, "false", "secret"], Said("logoutUrl", "backchannelSupported", "clientSecret"));
        Assert.Equal($"{made.RedirectUri}/logout_response", made.PostLogoutRedirectUri);
        Assert.EndsWith("/protocol/openid-connect/logout/backchannel-logout", made.BackChannelLogoutUri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://idp.example/keys")]
    [InlineData("https://localhost/keys")]
    [InlineData("https://10.0.0.1/keys")]
    [InlineData("https://[::ffff:127.0.0.1]/keys")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://postgres/keys")]
    [InlineData("https://somebody@idp.example/keys")]
    [InlineData("file:///etc/passwd")]
    [InlineData("")]
    public async Task No_provider_leads_into_the_network_of_the_installation(string address)
    {
        var company = await tenants.CompanyAsync();
        var request = Oidc("secret");
        request.IdentityProvider.Oidc.JwksUrl = address;
        await Fails.With(StatusCode.InvalidArgument, "INVALID_ARGUMENT", As(company).CreateIdentityProviderAsync(request, cancellationToken: Token));
    }

    [Fact]
    public async Task What_would_weaken_the_check_is_refused()
    {
        var company = await tenants.CompanyAsync();
        var transient = Saml(Certificate);
        transient.IdentityProvider.Saml.NameIdFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
        var (inside, led) = (Saml(Certificate), Oidc("secret"));
        inside.IdentityProvider.Saml.SignOutUrl = "https://10.0.0.1/slo";
        led.IdentityProvider.Oidc.EndSessionUrl = "http://idp.example/logout";
        foreach (var request in new[] { inside, led, Saml("-----BEGIN PRIVATE KEY-----"), Saml(), Saml("bm90aGluZw=="), Saml(NewCertificate(1024)), transient, Oidc(""), new CreateIdentityProviderRequest { IdentityProvider = new IdentityProvider { DisplayName = "Nothing" } } })
            await Fails.With(StatusCode.InvalidArgument, "INVALID_ARGUMENT", As(company).CreateIdentityProviderAsync(request, cancellationToken: Token));
    }

    [Fact]
    public async Task Only_a_person_who_administers_the_company_manages_them_and_as_many_as_it_may_have()
    {
        var company = await tenants.CompanyAsync();
        var viewer = new IdentityProvidersService.IdentityProvidersServiceClient(tenants.Grpc(TestTokens.ForPerson(company.Tenant, await company.AddAsync("viewer"))));
        var account = new IdentityProvidersService.IdentityProvidersServiceClient(tenants.Grpc(TestTokens.ForService("tenants.admin"), ("x-tenant-id", company.Tenant.ToString())));
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", viewer.ListIdentityProvidersAsync(new ListIdentityProvidersRequest(), cancellationToken: Token));
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", account.CreateIdentityProviderAsync(Oidc("secret"), cancellationToken: Token));
        var operation = new TenantLifecycleService.TenantLifecycleServiceClient(tenants.Grpc(TestTokens.ForService("tenants.provision"), ("x-tenant-id", company.Tenant.ToString())));
        await operation.SetLimitsAsync(new SetLimitsRequest { Limits = new Limits { IdentityProviders = -1 } }, cancellationToken: Token);
        await Fails.With(StatusCode.ResourceExhausted, "IDENTITY_PROVIDER_LIMIT", As(company).CreateIdentityProviderAsync(Oidc("secret"), cancellationToken: Token));
    }

    private IdentityProvidersService.IdentityProvidersServiceClient As(Company company) => new(tenants.Grpc(TestTokens.ForPerson(company.Tenant, company.AdministratorId)));

    private static string? Config(JsonObject provider, string key) => (string?)provider["config"]![key];

    internal static CreateIdentityProviderRequest Oidc(string secret, string server = "https://idp.example") => new()
    {
        IdentityProvider = new IdentityProvider
        {
            DisplayName = "Initech",
            Oidc = new OidcSettings { Issuer = server, AuthorizationUrl = $"{server}/auth", TokenUrl = $"{server}/token", JwksUrl = $"{server}/keys", ClientId = "the-platform", ClientSecret = secret },
        },
    };

    private static CreateIdentityProviderRequest Saml(params string[] certificates) => new()
    {
        IdentityProvider = new IdentityProvider { DisplayName = "Initech", Saml = new SamlSettings { EntityId = "https://idp.example/metadata", SignOnUrl = "https://idp.example/sso", Certificates = { certificates } } },
    };

    private static string NewCertificate(int bits)
    {
        using var key = RSA.Create(bits);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=idp", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-1), now.AddDays(7));
        return Convert.ToBase64String(certificate.RawData);
    }
}

/// <summary>What the test of a provider finds, and where it does not look.</summary>
public sealed class ProviderProbeFacts(LocalProvidersFixture tenants) : IClassFixture<LocalProvidersFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_test_asks_the_server_what_it_says_of_itself()
    {
        var company = await tenants.CompanyAsync();
        var client = new IdentityProvidersService.IdentityProvidersServiceClient(tenants.Grpc(TestTokens.ForPerson(company.Tenant, company.AdministratorId)));
        await using var server = await StartAsync();
        var url = server.Urls.Single();
        var made = await client.CreateIdentityProviderAsync(IdentityProviderFacts.Oidc("secret", url), cancellationToken: Token);
        var wrong = IdentityProviderFacts.Oidc("secret", url);
        (wrong.IdentityProvider.Oidc.TokenUrl, wrong.IdentityProvider.Oidc.JwksUrl) = ($"{url}/elsewhere", $"{url}/moved");
        var second = await client.CreateIdentityProviderAsync(wrong, cancellationToken: Token);

        Assert.Empty((await client.TestIdentityProviderAsync(new TestIdentityProviderRequest { Id = made.Id }, cancellationToken: Token)).Problems);
        var problems = (await client.TestIdentityProviderAsync(new TestIdentityProviderRequest { Id = second.Id }, cancellationToken: Token)).Problems;
        Assert.Equal(3, problems.Count);
        Assert.Contains(problems, problem => problem.Contains("token_endpoint", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("There are no keys", StringComparison.Ordinal));
    }

    private static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", (HttpContext http) =>
        {
            var url = $"http://{http.Request.Host}";
            return Results.Text(new JsonObject { ["issuer"] = url, ["authorization_endpoint"] = $"{url}/auth", ["token_endpoint"] = $"{url}/token", ["jwks_uri"] = $"{url}/keys" }.ToJsonString(), "application/json");
        });
        app.MapGet("/keys", () => Results.Text("""{"keys":[{"kty":"RSA"}]}""", "application/json"));
        app.MapGet("/moved", () => Results.Redirect("/keys"));
        await app.StartAsync(Token);
        return app;
    }
}

/// <summary>With companies' servers on this machine.</summary>
public sealed class LocalProvidersFixture : TenantsFixture
{
    protected override string AllowsLocalProviders => "true";
}
