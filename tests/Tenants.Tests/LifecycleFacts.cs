using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Grpc.Core;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using Lifecycle = Platform.Tenants.V1.TenantLifecycleService.TenantLifecycleServiceClient;

namespace Tenants.Tests;

public sealed class LifecycleFacts(TenantsFixture tenants) : IClassFixture<TenantsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_company_is_provisioned_once_with_its_administrator()
    {
        var (tenant, administrator) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var made = await Operator(tenant).ProvisionTenantAsync(Provision(administrator), cancellationToken: Token);
        var again = await Operator(tenant).ProvisionTenantAsync(Provision(Guid.CreateVersion7()), cancellationToken: Token);
        Assert.Equal((tenant.ToString(), "hooli", TenantState.Active), (made.Id, made.Slug, made.State));
        Assert.Equal(["audit", "contacts", "deals", "metadata", "pipelines", "search", "tenants"], made.Modules);
        Assert.Equal(made, again);
        Assert.Equal(1L, await tenants.EventsAsync("TenantCreated", tenant));
        var access = await tenants.As(tenant, administrator).GetAccessAsync(new GetAccessRequest(), cancellationToken: Token);
        Assert.Contains("deals.write", access.Permissions);
        Assert.DoesNotContain("finance.read", access.Permissions);
        Assert.DoesNotContain("tenants.provision", access.Permissions);
    }

    [Fact]
    public async Task No_person_and_no_key_may_do_what_the_operator_does()
    {
        var company = await tenants.CompanyAsync();
        var administrator = new Lifecycle(tenants.Grpc(TestTokens.ForPerson(company.Tenant, company.AdministratorId), ("x-tenant-id", TestTenants.Acme.ToString())));
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", administrator.ProvisionTenantAsync(Provision(Guid.CreateVersion7()), cancellationToken: Token));
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", administrator.SetModulesAsync(new SetModulesRequest(), cancellationToken: Token));
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", administrator.SuspendTenantAsync(new SuspendTenantRequest { Reason = "x" }, cancellationToken: Token));
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", administrator.ResumeTenantAsync(new ResumeTenantRequest(), cancellationToken: Token));
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", administrator.PurgeTenantAsync(new PurgeTenantRequest(), cancellationToken: Token));
        await Fails.With(StatusCode.InvalidArgument, "PERMISSION_NOT_HELD", Keys(company).CreateApiKeyAsync(Key("tenants.provision"), cancellationToken: Token));
    }

    [Fact]
    public async Task A_module_that_is_not_entitled_grants_nobody_anything()
    {
        var company = await tenants.CompanyAsync();
        var key = await Keys(company).CreateApiKeyAsync(Key("deals.read", "contacts.read"), cancellationToken: Token);
        await Operator(company.Tenant).SetModulesAsync(new SetModulesRequest { Modules = { "contacts" } }, cancellationToken: Token);
        var access = await company.Administrator.GetAccessAsync(new GetAccessRequest(), cancellationToken: Token);
        Assert.Equal(["audit", "contacts", "metadata", "pipelines", "search", "tenants"], access.Modules);
        Assert.All(access.Permissions, permission => Assert.Contains(permission.Split('.')[0], access.Modules));
        var machine = new TenantsService.TenantsServiceClient(tenants.Grpc(key.Key));
        await Eventually.HoldsAsync(async () => (await machine.GetAccessAsync(new GetAccessRequest(), cancellationToken: Token)).Permissions is ["contacts.read"]);

        await Operator(company.Tenant).SetModulesAsync(new SetModulesRequest { Modules = { "contacts", "deals" } }, cancellationToken: Token);
        Assert.Contains("deals.write", (await company.Administrator.GetAccessAsync(new GetAccessRequest(), cancellationToken: Token)).Permissions);
        await Fails.With(StatusCode.InvalidArgument, "INVALID_ARGUMENT", Operator(company.Tenant).SetModulesAsync(new SetModulesRequest { Modules = { "astrology" } }, cancellationToken: Token));
    }

    [Fact]
    public async Task People_and_keys_of_a_suspended_company_are_refused_until_it_is_resumed()
    {
        var company = await tenants.CompanyAsync();
        var key = await Keys(company).CreateApiKeyAsync(Key("tenants.read"), cancellationToken: Token);
        Assert.Equal((HttpStatusCode.OK, ""), await AnswerAsync(key.Key));
        var suspended = await Operator(company.Tenant).SuspendTenantAsync(new SuspendTenantRequest { Reason = "Invoices are not paid." }, cancellationToken: Token);
        Assert.Equal((TenantState.Suspended, "Invoices are not paid."), (suspended.State, suspended.StateReason));
        await Fails.With(StatusCode.PermissionDenied, "TENANT_SUSPENDED", company.Administrator.GetTenantAsync(new GetTenantRequest(), cancellationToken: Token));
        await Eventually.HoldsAsync(async () => await AnswerAsync(key.Key) == (HttpStatusCode.Forbidden, "TENANT_SUSPENDED"), Eventually.Promptly);
        Assert.Equal((HttpStatusCode.Forbidden, "TENANT_SUSPENDED"), await AnswerAsync(TestTokens.ForPerson(company.Tenant, company.AdministratorId)));
        Assert.Equal("acme", (await tenants.As(TestTenants.Acme, DemoPeople.Alice).GetTenantAsync(new GetTenantRequest(), cancellationToken: Token)).Slug);

        await Operator(company.Tenant).ResumeTenantAsync(new ResumeTenantRequest(), cancellationToken: Token);
        Assert.Equal(TenantState.Active, (await company.Administrator.GetTenantAsync(new GetTenantRequest(), cancellationToken: Token)).State);
        await Eventually.HoldsAsync(async () => await AnswerAsync(key.Key) == (HttpStatusCode.OK, ""), Eventually.Promptly);
        Assert.Equal(2L, await tenants.EventsAsync("TenantStateChanged", company.Tenant));
    }

    [Fact]
    public async Task A_company_that_is_to_be_deleted_may_be_read_by_administrators_and_taken_back()
    {
        var company = await tenants.CompanyAsync();
        var viewer = Guid.CreateVersion7();
        await company.Administrator.CreateMemberAsync(new CreateMemberRequest { Member = new Member { UserId = viewer.ToString(), Roles = { "viewer" } } }, cancellationToken: Token);
        var lifecycle = Of(company);
        await Fails.With(StatusCode.FailedPrecondition, "CONFIRMATION_NEEDED", lifecycle.DeleteTenantAsync(new DeleteTenantRequest { Slug = "other" }, cancellationToken: Token));
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", new Lifecycle(tenants.Grpc(TestTokens.ForPerson(company.Tenant, viewer))).DeleteTenantAsync(new DeleteTenantRequest { Slug = "initech" }, cancellationToken: Token));

        var deleting = await lifecycle.DeleteTenantAsync(new DeleteTenantRequest { Slug = "initech", Reason = "We move on." }, cancellationToken: Token);
        Assert.Equal(TenantState.Deleting, deleting.State);
        Assert.InRange(deleting.PurgeTime.ToDateTimeOffset() - TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(29.9), TimeSpan.FromDays(30));
        Assert.Equal(deleting, await lifecycle.DeleteTenantAsync(new DeleteTenantRequest { Slug = "initech" }, cancellationToken: Token));
        Assert.Equal("initech", (await company.Administrator.GetTenantAsync(new GetTenantRequest(), cancellationToken: Token)).Slug);
        await Fails.With(StatusCode.PermissionDenied, "TENANT_DELETING", company.Administrator.UpdateTenantAsync(new UpdateTenantRequest { Tenant = new Tenant() }, cancellationToken: Token));
        await Fails.With(StatusCode.PermissionDenied, "TENANT_DELETING", tenants.As(company.Tenant, viewer).GetTenantAsync(new GetTenantRequest(), cancellationToken: Token));

        await lifecycle.UndeleteTenantAsync(new UndeleteTenantRequest(), cancellationToken: Token);
        Assert.Equal("initech", (await tenants.As(company.Tenant, viewer).GetTenantAsync(new GetTenantRequest(), cancellationToken: Token)).Slug);
        Assert.Equal(0L, await tenants.Database.QueryAsync<long>($"SELECT count(*) FROM tenant_purges WHERE tenant_id = '{company.Tenant}'"));
        await Fails.With(StatusCode.FailedPrecondition, "TENANT_NOT_DELETING", lifecycle.UndeleteTenantAsync(new UndeleteTenantRequest(), cancellationToken: Token));
    }

    [Fact]
    public async Task After_the_grace_period_nothing_is_left_but_a_tombstone()
    {
        var (company, other) = (await FilledAsync(), await FilledAsync());
        await Of(company).DeleteTenantAsync(new DeleteTenantRequest { Slug = "initech" }, cancellationToken: Token);
        var others = await RowsAsync(other.Tenant);
        await tenants.Database.ExecuteAsync($"UPDATE tenants SET purge_time = now() WHERE tenant_id = '{company.Tenant}'; UPDATE tenant_purges SET due_time = now() WHERE tenant_id = '{company.Tenant}'");

        await Eventually.HoldsAsync(async () => await tenants.EventsAsync("TenantPurged", company.Tenant) == 1);
        var left = await RowsAsync(company.Tenant);
        Assert.Equal(["tenant_purges", "tenants"], left.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(others, await RowsAsync(other.Tenant));
        Assert.Equal("", await tenants.Database.QueryAsync<string>($"SELECT slug || display_name || legal_name || tax_number || coalesce(address::text, '') FROM tenants WHERE tenant_id = '{company.Tenant}'"));
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", company.Administrator.GetTenantAsync(new GetTenantRequest(), cancellationToken: Token));
        await Fails.With(StatusCode.FailedPrecondition, "TENANT_PURGED", Operator(company.Tenant).ProvisionTenantAsync(Provision(Guid.CreateVersion7()), cancellationToken: Token));

        // The second word, for what was on its way when the first came.
        await tenants.Database.ExecuteAsync($"UPDATE tenants SET purge_time = now() WHERE tenant_id = '{company.Tenant}'; UPDATE tenant_purges SET due_time = now() WHERE tenant_id = '{company.Tenant}'");
        await Eventually.HoldsAsync(async () => await tenants.EventsAsync("TenantPurged", company.Tenant) == 2);
        await Eventually.HoldsAsync(async () => !(await RowsAsync(company.Tenant)).ContainsKey("tenant_purges"));
    }

    [Fact]
    public async Task The_operator_deletes_a_company_at_once_and_no_other()
    {
        var (company, other) = (await FilledAsync(), await FilledAsync());
        var others = await RowsAsync(other.Tenant);
        var gone = await Operator(company.Tenant).PurgeTenantAsync(new PurgeTenantRequest(), cancellationToken: Token);
        Assert.Equal((TenantState.Purged, ""), (gone.State, gone.Slug));
        Assert.Equal(others, await RowsAsync(other.Tenant));
        Assert.Equal(1L, await tenants.EventsAsync("TenantPurged", company.Tenant));
        await Fails.With(StatusCode.NotFound, "NOT_FOUND", Operator(Guid.CreateVersion7()).PurgeTenantAsync(new PurgeTenantRequest(), cancellationToken: Token));
    }

    [Fact]
    public async Task A_company_has_as_many_members_and_keys_as_it_may_and_sees_how_many()
    {
        var company = await tenants.CompanyAsync();
        await Operator(company.Tenant).SetLimitsAsync(new SetLimitsRequest { Members = 2, ApiKeys = 1 }, cancellationToken: Token);
        await company.Administrator.CreateMemberAsync(Viewer(), cancellationToken: Token);
        await Fails.With(StatusCode.ResourceExhausted, "MEMBER_LIMIT", company.Administrator.CreateMemberAsync(Viewer(), cancellationToken: Token));
        await Keys(company).CreateApiKeyAsync(Key("tenants.read"), cancellationToken: Token);
        await Fails.With(StatusCode.ResourceExhausted, "API_KEY_LIMIT", Keys(company).CreateApiKeyAsync(Key("tenants.read"), cancellationToken: Token));
        using var administrator = tenants.Rest(TestTokens.ForPerson(company.Tenant, company.AdministratorId));
        var usage = await administrator.GetFromJsonAsync<JsonElement>("/api/v1/tenants/current/usage", Token);
        Assert.Equal(["members 2 2", "api_keys 1 1"], usage.GetProperty("resources").EnumerateArray().Select(used => $"{used.GetProperty("resource")} {used.GetProperty("used")} {used.GetProperty("limit")}"));
        await Operator(company.Tenant).SetLimitsAsync(new SetLimitsRequest(), cancellationToken: Token);
        await company.Administrator.CreateMemberAsync(Viewer(), cancellationToken: Token);
    }

    [Fact]
    public async Task What_the_operator_limits_is_told_to_the_services_and_read_by_members()
    {
        var company = await tenants.CompanyAsync();
        var limits = new Limits { Resources = { ["contacts.person"] = 500, ["contacts.storage"] = 1_000_000 }, RequestsPerMinute = 90 };
        await Operator(company.Tenant).SetLimitsAsync(new SetLimitsRequest { Limits = limits }, cancellationToken: Token);
        Assert.Equal(1L, await tenants.EventsAsync("TenantLimitsChanged", company.Tenant));
        var viewer = await company.AddAsync("viewer");
        using var rest = tenants.Rest(TestTokens.ForPerson(company.Tenant, viewer));
        var read = await rest.GetFromJsonAsync<JsonElement>("/api/v1/tenants/current/limits", Token);
        Assert.Equal((500, 90), (read.GetProperty("resources").GetProperty("contacts.person").GetInt64(), read.GetProperty("requestsPerMinute").GetInt32()));

        // Services that are away are named, and hide nothing of what is known.
        using var administrator = tenants.Rest(TestTokens.ForPerson(company.Tenant, company.AdministratorId));
        var usage = await administrator.GetFromJsonAsync<JsonElement>("/api/v1/tenants/current/usage", Token);
        Assert.Equal(["contacts", "deals", "finance", "communications", "automation", "metadata", "records", "pipelines", "inventory", "search"], usage.GetProperty("unavailableModules").EnumerateArray().Select(module => module.GetString()));

        var wrong = new Limits { Resources = { ["contacts.animal"] = 1, ["deals"] = 0 } };
        await Fails.With(StatusCode.InvalidArgument, "INVALID_ARGUMENT", Operator(company.Tenant).SetLimitsAsync(new SetLimitsRequest { Limits = wrong }, cancellationToken: Token));
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", new TenantLifecycleService.TenantLifecycleServiceClient(tenants.Grpc(TestTokens.ForPerson(company.Tenant, company.AdministratorId))).SetLimitsAsync(new SetLimitsRequest(), cancellationToken: Token));
    }

    private static CreateMemberRequest Viewer() => new() { Member = new Member { UserId = Guid.CreateVersion7().ToString(), Roles = { "viewer" } } };

    // People who report to each other, a team, a key: rows that refer to rows.
    private async Task<Company> FilledAsync()
    {
        var company = await tenants.CompanyAsync();
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await company.Administrator.CreateMemberAsync(new CreateMemberRequest { Member = new Member { UserId = first.ToString(), Roles = { "sales" }, ManagerId = company.AdministratorId.ToString() } }, cancellationToken: Token);
        await company.Administrator.CreateMemberAsync(new CreateMemberRequest { Member = new Member { UserId = second.ToString(), Roles = { "sales" }, ManagerId = first.ToString() } }, cancellationToken: Token);
        await Keys(company).CreateApiKeyAsync(Key("tenants.read"), cancellationToken: Token);
        return company;
    }

    // Without what moves by itself: events on their way, and the log, which is kept and sealed.
    private async Task<IReadOnlyDictionary<string, long>> RowsAsync(Guid tenant)
    {
        var json = await tenants.Database.QueryAsync<string>(
            $"""
            SELECT coalesce(json_object_agg(name, rows), '[]')::text FROM (
                SELECT c.relname AS name, (xpath('/row/count/text()', query_to_xml(format('SELECT count(*) AS count FROM %I WHERE tenant_id = %L', c.relname, '{tenant}'), false, true, '')))[1]::text::bigint AS rows
                FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
                    AND c.relname NOT LIKE 'audit_%' AND c.relname <> 'outbox_messages') counted
            WHERE rows > 0
            """);
        return JsonSerializer.Deserialize<Dictionary<string, long>>(json)!;
    }

    private async Task<(HttpStatusCode Status, string Code)> AnswerAsync(string token)
    {
        using var client = tenants.Rest(token);
        using var response = await client.GetAsync(new Uri("/api/v1/tenants/current", UriKind.Relative), Token);
        return (response.StatusCode, response.IsSuccessStatusCode ? "" : (await response.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("code").GetString()!);
    }

    private Lifecycle Operator(Guid tenant) => new(tenants.Grpc(TestTokens.ForService("tenants.provision"), ("x-tenant-id", tenant.ToString())));

    private Lifecycle Of(Company company) => new(tenants.Grpc(TestTokens.ForPerson(company.Tenant, company.AdministratorId)));

    private ApiKeysService.ApiKeysServiceClient Keys(Company company) => new(tenants.Grpc(TestTokens.ForPerson(company.Tenant, company.AdministratorId)));

    private static CreateApiKeyRequest Key(params string[] permissions) => new() { ApiKey = new ApiKey { DisplayName = "Shop", Permissions = { permissions } } };

    private static ProvisionTenantRequest Provision(Guid administrator) => new()
    {
        Tenant = new Tenant { Slug = "hooli", DisplayName = "Hooli", LegalName = "Hooli Inc.", Currency = "USD", Modules = { "deals", "contacts" } },
        Administrator = new Member { UserId = administrator.ToString(), Email = "gavin@hooli.example", DisplayName = "Gavin", Roles = { "administrator" } },
    };
}
