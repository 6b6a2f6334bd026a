using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Tenants.Tests;

public sealed class RoleFacts(TenantsFixture tenants) : IClassFixture<TenantsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_role_of_ones_own_grants_what_it_says_at_once()
    {
        var company = await tenants.CompanyAsync();
        var roles = Roles(company);
        var role = await roles.CreateRoleAsync(RoleOf("key-account", "deals.read", "tenants.read"), cancellationToken: Token);
        var user = await company.AddAsync("key-account");
        var member = tenants.As(company.Tenant, user);
        Assert.Equal(["deals.read", "tenants.read"], (await member.GetAccessAsync(new GetAccessRequest(), cancellationToken: Token)).Permissions);
        Assert.NotNull(await member.GetTenantAsync(new GetTenantRequest(), cancellationToken: Token));

        role.Permissions.Remove("tenants.read");
        var changed = await roles.UpdateRoleAsync(new UpdateRoleRequest { Role = role, UpdateMask = new FieldMask { Paths = { "permissions" } } }, cancellationToken: Token);
        Assert.NotEqual(role.Etag, changed.Etag);
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", member.GetTenantAsync(new GetTenantRequest(), cancellationToken: Token));
        var listed = (await company.Administrator.ListRolesAsync(new ListRolesRequest(), cancellationToken: Token)).Roles;
        Assert.Equal((6, false, true), (listed.Count, listed[^1].BuiltIn, listed[0].BuiltIn));
    }

    [Fact]
    public async Task What_a_role_can_grant_is_listed_by_module()
    {
        var groups = (await new RolesService.RolesServiceClient(tenants.Grpc(TestTokens.ForPerson(TestTenants.Acme, DemoPeople.Sam))).ListPermissionsAsync(new ListPermissionsRequest(), cancellationToken: Token)).Groups;
        Assert.Equal(["deals.export", "deals.read", "deals.send", "deals.write"], groups.Single(group => group.Module == "deals").Permissions);
        Assert.Equal(groups.Select(group => group.Module).Order(StringComparer.Ordinal), groups.Select(group => group.Module));
    }

    [Fact]
    public async Task A_role_is_refused_for_an_unknown_permission_and_for_a_name_that_is_taken()
    {
        var roles = Roles(await tenants.CompanyAsync());
        await Fails.With(StatusCode.InvalidArgument, "UNKNOWN_PERMISSION", roles.CreateRoleAsync(RoleOf("odd", "deals.paint"), cancellationToken: Token));
        await Fails.With(StatusCode.InvalidArgument, "INVALID_ARGUMENT", roles.CreateRoleAsync(RoleOf("Odd Name", "deals.read"), cancellationToken: Token));
        await Fails.With(StatusCode.InvalidArgument, "INVALID_ARGUMENT", roles.CreateRoleAsync(RoleOf("empty"), cancellationToken: Token));
        await Fails.With(StatusCode.AlreadyExists, "ROLE_EXISTS", roles.CreateRoleAsync(RoleOf("sales", "deals.read"), cancellationToken: Token));
        await roles.CreateRoleAsync(RoleOf("odd", "deals.read"), cancellationToken: Token);
        await Fails.With(StatusCode.AlreadyExists, "ROLE_EXISTS", roles.CreateRoleAsync(RoleOf("odd", "deals.write"), cancellationToken: Token));
    }

    [Fact]
    public async Task A_role_that_somebody_has_stays_and_so_do_the_built_in_ones()
    {
        var company = await tenants.CompanyAsync();
        var roles = Roles(company);
        await roles.CreateRoleAsync(RoleOf("temp", "deals.read"), cancellationToken: Token);
        var user = await company.AddAsync("temp");
        await Fails.With(StatusCode.FailedPrecondition, "ROLE_IN_USE", roles.DeleteRoleAsync(new DeleteRoleRequest { Name = "temp" }, cancellationToken: Token));
        await company.Administrator.DeleteMemberAsync(new DeleteMemberRequest { UserId = user.ToString() }, cancellationToken: Token);
        await roles.DeleteRoleAsync(new DeleteRoleRequest { Name = "temp" }, cancellationToken: Token);
        await Fails.With(StatusCode.NotFound, "NOT_FOUND", roles.DeleteRoleAsync(new DeleteRoleRequest { Name = "temp" }, cancellationToken: Token));
        await Fails.With(StatusCode.FailedPrecondition, "ROLE_BUILT_IN", roles.DeleteRoleAsync(new DeleteRoleRequest { Name = "viewer" }, cancellationToken: Token));
        await Fails.With(StatusCode.FailedPrecondition, "ROLE_BUILT_IN", roles.UpdateRoleAsync(new UpdateRoleRequest { Role = new Role { Name = "viewer", DisplayName = "All" } }, cancellationToken: Token));
    }

    [Fact]
    public async Task Roles_of_another_company_do_not_exist()
    {
        var (ours, theirs) = (await tenants.CompanyAsync(), await tenants.CompanyAsync());
        await Roles(theirs).CreateRoleAsync(RoleOf("theirs", "deals.read"), cancellationToken: Token);
        await Fails.With(StatusCode.NotFound, "NOT_FOUND", Roles(ours).DeleteRoleAsync(new DeleteRoleRequest { Name = "theirs" }, cancellationToken: Token));
        await Fails.With(StatusCode.InvalidArgument, "UNKNOWN_ROLE", ours.Administrator.CreateMemberAsync(
            new CreateMemberRequest { Member = new Member { UserId = Guid.CreateVersion7().ToString(), Roles = { "theirs" } } }, cancellationToken: Token));
    }

    private RolesService.RolesServiceClient Roles(Company company) => new(tenants.Grpc(TestTokens.ForPerson(company.Tenant, company.AdministratorId)));

    private static CreateRoleRequest RoleOf(string name, params string[] permissions) => new() { Role = new Role { Name = name, DisplayName = name, Permissions = { permissions } } };
}
