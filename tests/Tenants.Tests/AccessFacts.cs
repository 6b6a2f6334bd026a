using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Grpc.Core;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Tenants.Tests;

public sealed class AccessFacts(TenantsFixture tenants) : IClassFixture<TenantsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_member_learns_its_roles_and_permissions()
    {
        var access = await tenants.As(TestTenants.Acme, DemoPeople.Sam).GetAccessAsync(new GetAccessRequest(), cancellationToken: Token);
        Assert.Equal((TestTenants.Acme.ToString(), DemoPeople.Sam.ToString()), (access.TenantId, access.UserId));
        Assert.Contains("deals.write", access.Permissions);
        Assert.DoesNotContain("finance.write", access.Permissions);
        Assert.DoesNotContain("tenants.admin", access.Permissions);
    }

    [Fact]
    public async Task Somebody_who_is_no_member_learns_that_and_may_do_nothing()
    {
        var stranger = tenants.As(TestTenants.Acme, Guid.CreateVersion7());
        var access = await stranger.GetAccessAsync(new GetAccessRequest(), cancellationToken: Token);
        Assert.Empty(access.Roles);
        Assert.Empty(access.Permissions);
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", stranger.GetTenantAsync(new GetTenantRequest(), cancellationToken: Token));
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", stranger.ListMembersAsync(new ListMembersRequest(), cancellationToken: Token));
    }

    [Fact]
    public async Task A_company_that_is_not_on_the_installation_has_no_members()
    {
        var client = tenants.As(Guid.CreateVersion7(), DemoPeople.Alice);
        Assert.Empty((await client.GetAccessAsync(new GetAccessRequest(), cancellationToken: Token)).Permissions);
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", client.GetTenantAsync(new GetTenantRequest(), cancellationToken: Token));
    }

    [Fact]
    public async Task A_token_without_a_company_or_with_two_grants_nothing()
    {
        var none = TestTokens.Create(new() { ["sub"] = DemoPeople.Alice.ToString() });
        var two = TestTokens.Create(new()
        {
            ["sub"] = DemoPeople.Alice.ToString(),
            ["organization"] = new Dictionary<string, object> { ["acme"] = Id(TestTenants.Acme), ["globex"] = Id(TestTenants.Globex) },
        });
        foreach (var token in new[] { none, two })
        {
            var client = new TenantsService.TenantsServiceClient(tenants.Grpc(token));
            Assert.Empty((await client.GetAccessAsync(new GetAccessRequest(), cancellationToken: Token)).Permissions);
            await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", client.GetTenantAsync(new GetTenantRequest(), cancellationToken: Token));
        }
    }

    [Fact]
    public async Task An_external_app_may_do_what_its_person_has_consented_to_and_no_more()
    {
        foreach (var (client, scope, mayRead, mayWrite) in new[] { ("shop", "openid tenants.read", true, false), ("shop", "openid tenants.read tenants.admin", true, true), ("shop", "openid", false, false), ("platform-web", "openid", true, true) })
        {
            var token = TestTokens.Create(new()
            {
                ["sub"] = DemoPeople.Alice.ToString(),
                ["organization"] = new Dictionary<string, object> { ["acme"] = Id(TestTenants.Acme) },
                ["azp"] = client,
                ["scope"] = scope,
            });
            var app = new TenantsService.TenantsServiceClient(tenants.Grpc(token));
            Assert.Equal(mayRead ? StatusCode.OK : StatusCode.PermissionDenied, await StatusAsync(app.GetTenantAsync(new GetTenantRequest(), cancellationToken: Token)));
            // Without a body it is a bad request to whoever may write.
            Assert.Equal(mayWrite ? StatusCode.InvalidArgument : StatusCode.PermissionDenied, await StatusAsync(app.UpdateTenantAsync(new UpdateTenantRequest(), cancellationToken: Token)));
        }

        var sam = TestTokens.Create(new()
        {
            ["sub"] = DemoPeople.Sam.ToString(),
            ["organization"] = new Dictionary<string, object> { ["acme"] = Id(TestTenants.Acme) },
            ["azp"] = "shop",
            ["scope"] = "tenants.admin",
        });
        Assert.Equal(StatusCode.PermissionDenied, await StatusAsync(new TenantsService.TenantsServiceClient(tenants.Grpc(sam)).UpdateTenantAsync(new UpdateTenantRequest(), cancellationToken: Token)));
    }

    [Fact]
    public async Task A_tenant_header_moves_a_service_account_but_no_person()
    {
        var service = new TenantsService.TenantsServiceClient(tenants.Grpc(TestTokens.ForService("tenants.read"), ("x-tenant-id", TestTenants.Globex.ToString())));
        Assert.Equal("globex", (await service.GetTenantAsync(new GetTenantRequest(), cancellationToken: Token)).Slug);
        Assert.Equal(["tenants.read"], (await service.GetAccessAsync(new GetAccessRequest(), cancellationToken: Token)).Permissions);
        var person = new TenantsService.TenantsServiceClient(tenants.Grpc(TestTokens.ForPerson(TestTenants.Acme, DemoPeople.Sam), ("x-tenant-id", TestTenants.Globex.ToString())));
        Assert.Equal("acme", (await person.GetTenantAsync(new GetTenantRequest(), cancellationToken: Token)).Slug);
    }

    [Fact]
    public async Task Roles_are_listed_with_their_permissions()
    {
        var roles = (await tenants.As(TestTenants.Acme, DemoPeople.Fiona).ListRolesAsync(new ListRolesRequest(), cancellationToken: Token)).Roles;
        Assert.Equal(["administrator", "sales", "finance", "support", "viewer"], roles.Select(role => role.Name));
        Assert.Equal(34, roles[0].Permissions.Count);
        Assert.All(roles, role => Assert.Subset(roles[0].Permissions.ToHashSet(), role.Permissions.ToHashSet()));
        Assert.All(roles.Single(role => role.Name == "viewer").Permissions, permission => Assert.EndsWith(".read", permission, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rest_answers_the_same_and_refuses_without_a_token()
    {
        using var sam = tenants.Rest(TestTokens.ForPerson(TestTenants.Acme, DemoPeople.Sam));
        var access = await sam.GetFromJsonAsync<JsonElement>("/api/v1/tenants/current/access", Token);
        Assert.Equal("sales", access.GetProperty("roles")[0].GetString());
        using var nobody = tenants.Rest(null);
        using var refused = await nobody.GetAsync(new Uri("/api/v1/tenants/current/access", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    private static async Task<StatusCode> StatusAsync<T>(AsyncUnaryCall<T> call)
    {
        try
        {
            await call;
            return StatusCode.OK;
        }
        catch (RpcException exception)
        {
            return exception.StatusCode;
        }
    }

    private static Dictionary<string, object> Id(Guid tenant) => new() { ["id"] = tenant.ToString() };
}
