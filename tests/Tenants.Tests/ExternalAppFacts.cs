using System.Net;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Tenants.Tests;

public sealed class ExternalAppFacts(TenantsFixture tenants) : IClassFixture<TenantsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_application_is_registered_with_what_it_may_ask_for()
    {
        var company = await tenants.CompanyAsync();
        var made = await Apps(company).CreateExternalAppAsync(Shop("contacts.read", "tenants.read"), cancellationToken: Token);

        var client = tenants.Identity.Client(made.ExternalApp.ClientId)!;
        Assert.Equal($"app-{company.Tenant:N}-{Guid.Parse(made.ExternalApp.Id):N}", made.ExternalApp.ClientId);
        Assert.Equal((tenants.Identity.SecretOf(made.ExternalApp.ClientId), company.AdministratorId.ToString()), (made.Secret, made.ExternalApp.CreatorId));
        Assert.Equal(["contacts.read", "tenants.read", "email"], client["optionalClientScopes"]!.AsArray().Select(scope => (string?)scope));
        Assert.Equal((true, false, false), ((bool)client["consentRequired"]!, (bool)client["fullScopeAllowed"]!, (bool)client["serviceAccountsEnabled"]!));
        Assert.Equal("S256", (string?)client["attributes"]!["pkce.code.challenge.method"]);
        Assert.DoesNotContain("roles", client["defaultClientScopes"]!.AsArray().Select(scope => (string?)scope));
        Assert.Single((await Apps(company).ListExternalAppsAsync(new ListExternalAppsRequest(), cancellationToken: Token)).ExternalApps);
        Assert.Equal(1, await tenants.EventsAsync("ExternalAppChanged", Guid.Parse(made.ExternalApp.Id)));
    }

    [Fact]
    public async Task A_public_one_has_no_secret_and_no_secret_is_kept()
    {
        var company = await tenants.CompanyAsync();
        var page = Shop("tenants.read");
        page.ExternalApp.Type = ExternalAppType.Public;
        page.ExternalApp.RedirectUris.Add("com.example.shop:/callback");
        var made = await Apps(company).CreateExternalAppAsync(page, cancellationToken: Token);
        Assert.Empty(made.Secret);
        await Fails.With(StatusCode.FailedPrecondition, "EXTERNAL_APP_HAS_NO_SECRET", Apps(company).RotateExternalAppAsync(new RotateExternalAppRequest { Id = made.ExternalApp.Id }, cancellationToken: Token));

        var secret = (await Apps(company).CreateExternalAppAsync(Shop("tenants.read"), cancellationToken: Token)).Secret;
        foreach (var table in new[] { "external_apps", "outbox_messages", "idempotency_records", "audit_entries" })
            Assert.Equal(0, await tenants.Database.QueryAsync<long>($"SELECT count(*) FROM {table} t WHERE t::text LIKE '%{secret}%'"));
    }

    [Theory]
    [InlineData("http://shop.example/callback")]
    [InlineData("https://shop.example/*")]
    [InlineData("https://shop.example/callback#part")]
    [InlineData("https://somebody@shop.example/callback")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("com.example.shop:/callback")]
    [InlineData("//shop.example/callback")]
    [InlineData("https://shop.example\\@evil.example/")]
    public async Task People_are_never_sent_to_an_address_that_could_be_anybodys(string address)
    {
        var company = await tenants.CompanyAsync();
        var shop = Shop("tenants.read");
        shop.ExternalApp.RedirectUris.Add(address);
        await Fails.With(StatusCode.InvalidArgument, "INVALID_ARGUMENT", Apps(company).CreateExternalAppAsync(shop, cancellationToken: Token));
    }

    [Fact]
    public async Task No_application_manages_the_company_or_gets_what_the_company_does_not_use()
    {
        var company = await tenants.CompanyAsync();
        await tenants.Database.ExecuteAsync($"UPDATE tenants SET modules = '{{audit,contacts,tenants}}' WHERE tenant_id = '{company.Tenant}'");
        foreach (var permission in new[] { "tenants.admin", "tenants.delete", "tenants.provision", "planets.move", "deals.read" })
            await Fails.With(StatusCode.InvalidArgument, "INVALID_ARGUMENT", Apps(company).CreateExternalAppAsync(Shop(permission), cancellationToken: Token));
        await Fails.With(StatusCode.InvalidArgument, "INVALID_ARGUMENT", Apps(company).CreateExternalAppAsync(Shop(), cancellationToken: Token));
    }

    [Fact]
    public async Task A_token_does_what_application_consent_and_person_have_in_common()
    {
        var company = await tenants.CompanyAsync();
        var sales = await company.AddAsync("sales");
        var app = (await Apps(company).CreateExternalAppAsync(Shop("contacts.read", "tenants.read"), cancellationToken: Token)).ExternalApp;
        tenants.Identity.Allow(sales, app.ClientId, TimeProvider.System.GetUtcNow().AddMinutes(-1), "contacts.read", "tenants.read", "deals.read");

        var grant = await Grants(TokenOf(company, sales, app, "openid contacts.read tenants.read deals.read tenants.admin")).GetGrantAsync(new GetGrantRequest(), cancellationToken: Token);

        Assert.Equal((app.ClientId, "contacts.read tenants.read"), (grant.ClientId, string.Join(' ', grant.Permissions)));
        Assert.Equal(["contacts.read"], (await Grants(TokenOf(company, sales, app, "openid contacts.read")).GetGrantAsync(new GetGrantRequest(), cancellationToken: Token)).Permissions);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(TokenOf(company, sales, app, "tenants.read")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(TokenOf(company, sales, app, "contacts.read")));
    }

    [Fact]
    public async Task A_consent_that_is_taken_back_counts_within_two_seconds_and_new_consent_does_not_revive_old_tokens()
    {
        var company = await tenants.CompanyAsync();
        var app = (await Apps(company).CreateExternalAppAsync(Shop("tenants.read"), cancellationToken: Token)).ExternalApp;
        var now = TimeProvider.System.GetUtcNow();
        var token = TokenOf(company, company.AdministratorId, app, "tenants.read", now.AddSeconds(-60));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(TokenOf(company, company.AdministratorId, app, "tenants.read tenants.read")));
        tenants.Identity.Allow(company.AdministratorId, app.ClientId, now.AddSeconds(-90), "tenants.read");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(token));

        tenants.Identity.Revoke(company.AdministratorId, app.ClientId);
        await Eventually.HoldsAsync(async () => await StatusAsync(token) == HttpStatusCode.Unauthorized, Eventually.Promptly);
        tenants.Identity.Allow(company.AdministratorId, app.ClientId, now, "tenants.read");

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(TokenOf(company, company.AdministratorId, app, "tenants.read", now.AddSeconds(5))));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(token));
    }

    [Fact]
    public async Task A_token_is_worth_nothing_in_another_company()
    {
        var (company, other) = (await tenants.CompanyAsync(), await tenants.CompanyAsync());
        var app = (await Apps(company).CreateExternalAppAsync(Shop("tenants.read"), cancellationToken: Token)).ExternalApp;
        tenants.Identity.Allow(other.AdministratorId, app.ClientId, TimeProvider.System.GetUtcNow().AddMinutes(-1), "tenants.read");

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(TokenOf(other, other.AdministratorId, app, "tenants.read")));
        foreach (var clientId in new[] { "app-", $"app-{other.Tenant:N}", $"app-{other.Tenant:N}-{Guid.Parse(app.Id):N}", $"app-{other.Tenant:N}-{Guid.Empty:N}", app.ClientId.ToUpperInvariant().Replace("APP-", "app-", StringComparison.Ordinal) })
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(TokenOf(other, other.AdministratorId, clientId, "tenants.read")));
        await Fails.With(StatusCode.NotFound, "NOT_FOUND", Apps(other).GetExternalAppAsync(new GetExternalAppRequest { Id = app.Id }, cancellationToken: Token));
        await Fails.With(StatusCode.NotFound, "NOT_FOUND", Apps(other).RotateExternalAppAsync(new RotateExternalAppRequest { Id = app.Id }, cancellationToken: Token));
        await Fails.With(StatusCode.NotFound, "NOT_FOUND", Apps(other).DeleteExternalAppAsync(new DeleteExternalAppRequest { Id = app.Id }, cancellationToken: Token));
        Assert.Empty((await Apps(other).ListExternalAppsAsync(new ListExternalAppsRequest(), cancellationToken: Token)).ExternalApps);
    }

    [Fact]
    public async Task An_application_is_narrowed_switched_off_and_deleted_with_its_tokens()
    {
        var company = await tenants.CompanyAsync();
        var app = (await Apps(company).CreateExternalAppAsync(Shop("tenants.read", "deals.read"), cancellationToken: Token)).ExternalApp;
        tenants.Identity.Allow(company.AdministratorId, app.ClientId, TimeProvider.System.GetUtcNow().AddMinutes(-1), "tenants.read", "deals.read");
        var token = TokenOf(company, company.AdministratorId, app, "tenants.read deals.read");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(token));

        app = await Apps(company).UpdateExternalAppAsync(new UpdateExternalAppRequest { ExternalApp = new ExternalApp { Id = app.Id, Etag = app.Etag, Permissions = { "contacts.read", "deals.read" } } }, cancellationToken: Token);
        Assert.Equal(["contacts.read", "deals.read", "email"], tenants.Identity.Client(app.ClientId)!["optionalClientScopes"]!.AsArray().Select(scope => (string?)scope).Order());
        await Eventually.HoldsAsync(async () => await StatusAsync(token) == HttpStatusCode.Forbidden, Eventually.Promptly);
        await Fails.With(StatusCode.Aborted, "STALE_ETAG", Apps(company).UpdateExternalAppAsync(new UpdateExternalAppRequest { ExternalApp = new ExternalApp { Id = app.Id, Etag = "1", DisplayName = "Late" } }, cancellationToken: Token));

        app = await Apps(company).UpdateExternalAppAsync(new UpdateExternalAppRequest { ExternalApp = new ExternalApp { Id = app.Id, Disabled = true } }, cancellationToken: Token);
        Assert.False((bool)tenants.Identity.Client(app.ClientId)!["enabled"]!);
        await Eventually.HoldsAsync(async () => await StatusAsync(token) == HttpStatusCode.Unauthorized, Eventually.Promptly);
        app = await Apps(company).UpdateExternalAppAsync(new UpdateExternalAppRequest { ExternalApp = new ExternalApp { Id = app.Id }, UpdateMask = new FieldMask { Paths = { "disabled" } } }, cancellationToken: Token);
        await Eventually.HoldsAsync(async () => await StatusAsync(token) == HttpStatusCode.Forbidden, Eventually.Promptly);

        await Apps(company).DeleteExternalAppAsync(new DeleteExternalAppRequest { Id = app.Id }, cancellationToken: Token);
        Assert.Null(tenants.Identity.Client(app.ClientId));
        await Eventually.HoldsAsync(async () => await StatusAsync(token) == HttpStatusCode.Unauthorized, Eventually.Promptly);
    }

    [Fact]
    public async Task A_suspended_company_is_told_so_and_its_applications_do_nothing()
    {
        var company = await tenants.CompanyAsync();
        var app = (await Apps(company).CreateExternalAppAsync(Shop("tenants.read"), cancellationToken: Token)).ExternalApp;
        tenants.Identity.Allow(company.AdministratorId, app.ClientId, TimeProvider.System.GetUtcNow().AddMinutes(-1), "tenants.read");
        var operators = new TenantLifecycleService.TenantLifecycleServiceClient(tenants.Grpc(TestTokens.ForService("tenants.provision"), ("x-tenant-id", company.Tenant.ToString())));
        await operators.SuspendTenantAsync(new SuspendTenantRequest { Reason = "A test." }, cancellationToken: Token);
        var token = TokenOf(company, company.AdministratorId, app, "tenants.read");

        // Other services ask like this: an error would be taken for an outage.
        Assert.Empty((await Grants(token).GetGrantAsync(new GetGrantRequest(), cancellationToken: Token)).Permissions);
        await Fails.With(StatusCode.PermissionDenied, "TENANT_SUSPENDED", new TenantsService.TenantsServiceClient(tenants.Grpc(token)).GetTenantAsync(new GetTenantRequest(), cancellationToken: Token));
    }

    [Fact]
    public async Task A_secret_is_replaced_and_the_type_is_not()
    {
        var company = await tenants.CompanyAsync();
        var made = await Apps(company).CreateExternalAppAsync(Shop("tenants.read"), cancellationToken: Token);
        var rotated = await Apps(company).RotateExternalAppAsync(new RotateExternalAppRequest { Id = made.ExternalApp.Id }, cancellationToken: Token);
        Assert.NotEqual(made.Secret, rotated.Secret);
        Assert.Equal(tenants.Identity.SecretOf(made.ExternalApp.ClientId), rotated.Secret);
        await Fails.With(StatusCode.InvalidArgument, "INVALID_ARGUMENT", Apps(company).UpdateExternalAppAsync(new UpdateExternalAppRequest { ExternalApp = new ExternalApp { Id = made.ExternalApp.Id, Type = ExternalAppType.Public } }, cancellationToken: Token));
    }

    [Fact]
    public async Task Only_administrators_manage_applications_and_no_machine_does()
    {
        var company = await tenants.CompanyAsync();
        var sales = await company.AddAsync("sales");
        var keys = new ApiKeysService.ApiKeysServiceClient(tenants.Grpc(TestTokens.ForPerson(company.Tenant, company.AdministratorId)));
        var key = await keys.CreateApiKeyAsync(new CreateApiKeyRequest { ApiKey = new ApiKey { DisplayName = "Machine", Permissions = { "tenants.admin" } } }, cancellationToken: Token);
        foreach (var token in new[] { TestTokens.ForPerson(company.Tenant, sales), key.Key })
            await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", new ExternalAppsService.ExternalAppsServiceClient(tenants.Grpc(token)).CreateExternalAppAsync(Shop("tenants.read"), cancellationToken: Token));
    }

    private static CreateExternalAppRequest Shop(params string[] permissions) => new()
    {
        ExternalApp = new ExternalApp { DisplayName = "Shop connector", Type = ExternalAppType.Confidential, RedirectUris = { "https://shop.example/callback" }, Permissions = { permissions } },
    };

    private static string TokenOf(Company company, Guid user, ExternalApp app, string scope, DateTimeOffset? issued = null) => TokenOf(company, user, app.ClientId, scope, issued);

    private static string TokenOf(Company company, Guid user, string clientId, string scope, DateTimeOffset? issued = null) => TestTokens.Create(new Dictionary<string, object>
    {
        ["sub"] = user.ToString(),
        ["azp"] = clientId,
        ["scope"] = scope,
        ["iat"] = (issued ?? TimeProvider.System.GetUtcNow()).ToUnixTimeSeconds(),
        ["organization"] = new Dictionary<string, object> { ["company"] = new Dictionary<string, object> { ["id"] = company.Tenant.ToString() } },
    });

    private ExternalAppsService.ExternalAppsServiceClient Apps(Company company) => Grants(TestTokens.ForPerson(company.Tenant, company.AdministratorId));

    private ExternalAppsService.ExternalAppsServiceClient Grants(string token) => new(tenants.Grpc(token));

    private async Task<HttpStatusCode> StatusAsync(string token)
    {
        using var client = tenants.Rest(token);
        using var response = await client.GetAsync(new Uri("/api/v1/tenants/current", UriKind.Relative), Token);
        return response.StatusCode;
    }
}
