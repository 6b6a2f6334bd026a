using Grpc.Core;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Tenants.Tests;

public sealed class PolicyFacts(TenantsFixture tenants) : IClassFixture<TenantsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_policy_reaches_those_whom_it_names_and_is_most_specific_where_it_names_them_closest()
    {
        var company = await tenants.CompanyAsync();
        var (sam, fiona) = (await company.AddAsync("sales"), await company.AddAsync("finance"));
        var policy = await Policies(company).CreatePolicyAsync(new CreatePolicyRequest { Policy = Own(new PolicySubjects { Roles = { "sales" }, UserIds = { sam.ToString() } }) }, cancellationToken: Token);
        var before = await AccessAsync(company, sam);
        Assert.Equal((policy.Id, PolicySpecificity.User, "owner_id = user.id"), (Assert.Single(before.Policies).Id, before.Policies[0].Specificity, before.Policies[0].Filter));
        Assert.Empty((await AccessAsync(company, fiona)).Policies);

        await Policies(company).UpdatePolicyAsync(new UpdatePolicyRequest { Policy = new Policy { Id = policy.Id, Subjects = new PolicySubjects { Everyone = true } } }, cancellationToken: Token);
        var after = await AccessAsync(company, fiona);
        Assert.Equal(PolicySpecificity.Everyone, Assert.Single(after.Policies).Specificity);
        Assert.True(after.Version > before.Version);

        await Policies(company).UpdatePolicyAsync(new UpdatePolicyRequest { Policy = new Policy { Id = policy.Id, Disabled = true } }, cancellationToken: Token);
        Assert.Empty((await AccessAsync(company, fiona)).Policies);
        Assert.Equal(5, await tenants.EventsAsync("AccessChanged", company.Tenant));
    }

    [Fact]
    public async Task A_policy_that_makes_no_sense_is_refused_with_its_field()
    {
        var policies = Policies(await tenants.CompanyAsync());
        var everyone = new PolicySubjects { Everyone = true };
        foreach (var (change, field) in new (Action<Policy> Change, string Field)[]
        {
            (policy => policy.Name = "", "policy.name"),
            (policy => policy.Resource = "deals.dealz", "policy.resource"),
            (policy => policy.Subjects = null, "policy.subjects"),
            (policy => policy.Subjects = new PolicySubjects(), "policy.subjects.everyone"),
            (policy => policy.Subjects = new PolicySubjects { Roles = { "nobody" } }, "policy.subjects.roles[0]"),
            (policy => policy.Subjects = new PolicySubjects { UserIds = { Guid.NewGuid().ToString() } }, "policy.subjects.userIds"),
            (policy => policy.Effect = PolicyEffect.Unspecified, "policy.effect"),
            (policy => policy.Actions.Add("paint"), "policy.actions[1]"),
            (policy => policy.Actions.Clear(), "policy.actions"),
            (policy => policy.Filter = "owner_id = ", "policy.filter"),
            (policy => policy.Filter = "flavour = \"sweet\"", "policy.filter"),
            (policy => policy.Filter = "amount > yesterday", "policy.filter"),
            (policy => policy.FieldRules.Add(new FieldRule { Path = "amount", Access = FieldAccess.Hidden }), "policy.filter"),
            (policy => { policy.Filter = ""; policy.FieldRules.Add(new FieldRule { Path = "flavour", Access = FieldAccess.Hidden }); }, "policy.fieldRules[0]"),
            (policy => { policy.Filter = ""; policy.FieldRules.Add(new FieldRule { Path = "id", Access = FieldAccess.Hidden }); }, "policy.fieldRules[0]"),
            (policy => { policy.Filter = ""; policy.FieldRules.Add(new FieldRule { Path = "amount" }); }, "policy.fieldRules[0]"),
        })
        {
            var policy = Own(everyone);
            change(policy);
            var exception = await Assert.ThrowsAsync<RpcException>(async () => await policies.CreatePolicyAsync(new CreatePolicyRequest { Policy = policy }, cancellationToken: Token));
            Assert.Equal(StatusCode.InvalidArgument, exception.StatusCode);
            Assert.StartsWith(field, exception.Status.Detail, StringComparison.Ordinal);
        }

        await policies.CreatePolicyAsync(new CreatePolicyRequest { Policy = Own(everyone) }, cancellationToken: Token);
        await Fails.With(StatusCode.AlreadyExists, "POLICY_EXISTS", policies.CreatePolicyAsync(new CreatePolicyRequest { Policy = Own(everyone) }, cancellationToken: Token));
    }

    [Fact]
    public async Task Administrators_cannot_lock_themselves_out()
    {
        var company = await tenants.CompanyAsync();
        var policies = Policies(company);
        var everyone = new PolicySubjects { Everyone = true };
        var deny = new Policy { Name = "Nobody", Resource = "deals.deal", Subjects = everyone, Effect = PolicyEffect.Deny, Actions = { "read" } };
        await Fails.With(StatusCode.FailedPrecondition, "ADMINISTRATORS_LOCKED_OUT", policies.CreatePolicyAsync(new CreatePolicyRequest { Policy = deny }, cancellationToken: Token));
        Assert.Empty((await policies.ListPoliciesAsync(new ListPoliciesRequest(), cancellationToken: Token)).Policies);

        var allow = await policies.CreatePolicyAsync(new CreatePolicyRequest
        {
            Policy = new Policy { Name = "But the boss", Resource = "deals.deal", Subjects = new PolicySubjects { Roles = { "administrator" } }, Effect = PolicyEffect.Allow, Actions = { "read" } },
        }, cancellationToken: Token);
        await policies.CreatePolicyAsync(new CreatePolicyRequest { Policy = deny }, cancellationToken: Token);
        await Fails.With(StatusCode.FailedPrecondition, "ADMINISTRATORS_LOCKED_OUT", policies.DeletePolicyAsync(new DeletePolicyRequest { Id = allow.Id }, cancellationToken: Token));
        await Fails.With(StatusCode.FailedPrecondition, "ADMINISTRATORS_LOCKED_OUT", policies.UpdatePolicyAsync(new UpdatePolicyRequest { Policy = new Policy { Id = allow.Id, Disabled = true } }, cancellationToken: Token));
    }

    [Fact]
    public async Task A_role_and_a_team_stay_while_a_policy_names_them()
    {
        var company = await tenants.CompanyAsync();
        var invoker = tenants.Grpc(TestTokens.ForPerson(company.Tenant, company.AdministratorId));
        var team = await new TeamsService.TeamsServiceClient(invoker).CreateTeamAsync(new CreateTeamRequest { Team = new Team { Name = "Berlin" } }, cancellationToken: Token);
        await new RolesService.RolesServiceClient(invoker).CreateRoleAsync(new CreateRoleRequest { Role = new Role { Name = "temp", DisplayName = "Temp", Permissions = { "deals.read" } } }, cancellationToken: Token);
        var policy = await Policies(company).CreatePolicyAsync(new CreatePolicyRequest { Policy = Own(new PolicySubjects { Roles = { "temp" }, TeamIds = { team.Id } }) }, cancellationToken: Token);
        await Fails.With(StatusCode.FailedPrecondition, "TEAM_IN_USE", new TeamsService.TeamsServiceClient(invoker).DeleteTeamAsync(new DeleteTeamRequest { Id = team.Id }, cancellationToken: Token));
        await Fails.With(StatusCode.FailedPrecondition, "ROLE_IN_USE", new RolesService.RolesServiceClient(invoker).DeleteRoleAsync(new DeleteRoleRequest { Name = "temp" }, cancellationToken: Token));
        await Policies(company).DeletePolicyAsync(new DeletePolicyRequest { Id = policy.Id }, cancellationToken: Token);
        await new TeamsService.TeamsServiceClient(invoker).DeleteTeamAsync(new DeleteTeamRequest { Id = team.Id }, cancellationToken: Token);
    }

    [Fact]
    public async Task Another_company_sees_no_policy_and_a_member_changes_none()
    {
        var (ours, theirs) = (await tenants.CompanyAsync(), await tenants.CompanyAsync());
        var policy = await Policies(theirs).CreatePolicyAsync(new CreatePolicyRequest { Policy = Own(new PolicySubjects { Everyone = true }) }, cancellationToken: Token);
        await Fails.With(StatusCode.NotFound, "NOT_FOUND", Policies(ours).GetPolicyAsync(new GetPolicyRequest { Id = policy.Id }, cancellationToken: Token));
        await Fails.With(StatusCode.NotFound, "NOT_FOUND", Policies(ours).DeletePolicyAsync(new DeletePolicyRequest { Id = policy.Id }, cancellationToken: Token));
        var sam = new PoliciesService.PoliciesServiceClient(tenants.Grpc(TestTokens.ForPerson(theirs.Tenant, await theirs.AddAsync("sales"))));
        Assert.Equal("Own deals", (await sam.GetPolicyAsync(new GetPolicyRequest { Id = policy.Id }, cancellationToken: Token)).Name);
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", sam.DeletePolicyAsync(new DeletePolicyRequest { Id = policy.Id }, cancellationToken: Token));
    }

    [Fact]
    public async Task The_access_of_somebody_else_is_told_to_administrators_only()
    {
        var company = await tenants.CompanyAsync();
        var sam = await company.AddAsync("sales");
        Assert.Equal(["sales"], (await AccessAsync(company, sam)).Roles);
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", tenants.As(company.Tenant, sam).GetAccessAsync(
            new GetAccessRequest { UserId = company.AdministratorId.ToString() }, cancellationToken: Token));
    }

    private async Task<Access> AccessAsync(Company company, Guid user) => await company.Administrator.GetAccessAsync(new GetAccessRequest { UserId = user.ToString() }, cancellationToken: Token);

    private PoliciesService.PoliciesServiceClient Policies(Company company) => new(tenants.Grpc(TestTokens.ForPerson(company.Tenant, company.AdministratorId)));

    private static Policy Own(PolicySubjects subjects) =>
        new() { Name = "Own deals", Resource = "deals.deal", Subjects = subjects, Effect = PolicyEffect.Allow, Actions = { "read" }, Filter = "owner_id = user.id" };
}
