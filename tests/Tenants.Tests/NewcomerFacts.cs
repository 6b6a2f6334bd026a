using Grpc.Core;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Tenants.Tests;

/// <summary>Who comes by the company's own identity provider, and what they may do then.</summary>
public sealed class NewcomerFacts(TenantsFixture tenants) : IClassFixture<TenantsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_newcomer_gets_the_role_that_the_administrator_chose_and_none_where_none_is_chosen()
    {
        var (company, provider) = await CompanyAsync();
        var (before, after) = (Newcomer(company, provider), Newcomer(company, provider));
        Assert.Empty((await AccessAsync(company, before)).Roles);
        await ChooseAsync(company, "sales");
        // That an administrator looks at somebody's rights lets nobody in.
        Assert.Empty((await company.Administrator.GetAccessAsync(new GetAccessRequest { UserId = $"{after}" }, cancellationToken: Token)).Roles);
        Assert.Single((await company.Administrator.ListMembersAsync(new ListMembersRequest(), cancellationToken: Token)).Members);

        var access = await AccessAsync(company, after);

        Assert.Equal(("sales", true), (Assert.Single(access.Roles), access.Permissions.Contains("deals.write")));
        var member = (await company.Administrator.ListMembersAsync(new ListMembersRequest(), cancellationToken: Token)).Members.Single(member => member.UserId == after.ToString());
        Assert.Equal(($"{after:N}@initech.example", "Nora Newcomer"), (member.Email, member.DisplayName));
        Assert.Equal(1, await tenants.EventsAsync("MemberChanged", after));
        Assert.Equal($"System tenants {after}", await tenants.Database.QueryAsync<string>($"""
            SELECT actor_kind || ' ' || actor || ' ' || on_behalf_of FROM audit_entries WHERE tenant_id = '{company.Tenant}' AND resource = 'tenants.member' AND resource_id = '{after}'
            """));
    }

    [Fact]
    public async Task Nobody_else_becomes_a_member()
    {
        var (company, provider) = await CompanyAsync();
        await ChooseAsync(company, "viewer");
        var (other, otherProvider) = await CompanyAsync();
        var (byPassword, elsewhere) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        tenants.Identity.Join(company.Tenant, byPassword, "by-password@initech.example");
        tenants.Identity.Join(company.Tenant, elsewhere, "elsewhere@initech.example", otherProvider);

        foreach (var person in new[] { byPassword, elsewhere, Newcomer(other, otherProvider), Guid.CreateVersion7() })
            Assert.Empty((await AccessAsync(company, person)).Roles);
        Assert.Single((await company.Administrator.ListMembersAsync(new ListMembersRequest(), cancellationToken: Token)).Members);
        Assert.NotEmpty(provider);
    }

    [Fact]
    public async Task Whoever_was_removed_comes_back_by_an_administrator_alone()
    {
        var (company, provider) = await CompanyAsync();
        await ChooseAsync(company, "viewer");
        var person = Newcomer(company, provider);
        Assert.Single((await AccessAsync(company, person)).Roles);
        await company.Administrator.DeleteMemberAsync(new DeleteMemberRequest { UserId = person.ToString() }, cancellationToken: Token);
        Assert.Empty((await AccessAsync(company, person)).Roles);
        await company.Administrator.CreateMemberAsync(new CreateMemberRequest { Member = new Member { UserId = person.ToString(), Roles = { "finance" } } }, cancellationToken: Token);
        Assert.Equal("finance", Assert.Single((await AccessAsync(company, person)).Roles));
    }

    [Fact]
    public async Task Many_first_requests_at_once_make_one_member()
    {
        var (company, provider) = await CompanyAsync();
        await ChooseAsync(company, "viewer");
        var person = Newcomer(company, provider);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AccessAsync(company, person)));
        Assert.All(answers, access => Assert.Equal("viewer", Assert.Single(access.Roles)));
        Assert.Equal(1, await tenants.EventsAsync("MemberChanged", person));
    }

    [Theory]
    [InlineData("administrator", "ROLE_TOO_POWERFUL")]
    [InlineData("emperor", "UNKNOWN_ROLE")]
    public async Task No_role_that_administers_the_company_is_given_unseen(string role, string code)
    {
        var (company, _) = await CompanyAsync();
        await Fails.With(StatusCode.InvalidArgument, code, company.Administrator.UpdateTenantAsync(Choice(role), cancellationToken: Token));
    }

    [Fact]
    public async Task A_role_that_has_become_one_is_given_to_nobody_and_stays_while_it_is_chosen()
    {
        var (company, provider) = await CompanyAsync();
        var roles = new RolesService.RolesServiceClient(tenants.Grpc(TestTokens.ForPerson(company.Tenant, company.AdministratorId)));
        await roles.CreateRoleAsync(new CreateRoleRequest { Role = new Role { Name = "guest", DisplayName = "Guest", Permissions = { "contacts.read" } } }, cancellationToken: Token);
        await ChooseAsync(company, "guest");
        await Fails.With(StatusCode.FailedPrecondition, "ROLE_IN_USE", roles.DeleteRoleAsync(new DeleteRoleRequest { Name = "guest" }, cancellationToken: Token));
        await roles.UpdateRoleAsync(new UpdateRoleRequest { Role = new Role { Name = "guest", Permissions = { "tenants.admin" } }, UpdateMask = new() { Paths = { "permissions" } } }, cancellationToken: Token);
        Assert.Empty((await AccessAsync(company, Newcomer(company, provider))).Roles);
    }

    private async Task<(Company Company, string Provider)> CompanyAsync()
    {
        var company = await tenants.CompanyAsync();
        var client = new IdentityProvidersService.IdentityProvidersServiceClient(tenants.Grpc(TestTokens.ForPerson(company.Tenant, company.AdministratorId)));
        return (company, (await client.CreateIdentityProviderAsync(IdentityProviderFacts.Oidc("secret"), cancellationToken: Token)).Alias);
    }

    private Guid Newcomer(Company company, string provider)
    {
        var person = Guid.CreateVersion7();
        tenants.Identity.Join(company.Tenant, person, $"{person:N}@initech.example", provider);
        return person;
    }

    private async Task<Platform.Tenants.V1.Access> AccessAsync(Company company, Guid person) =>
        await tenants.As(company.Tenant, person).GetAccessAsync(new GetAccessRequest(), cancellationToken: Token);

    private static async Task ChooseAsync(Company company, string role) => await company.Administrator.UpdateTenantAsync(Choice(role), cancellationToken: Token);

    private static UpdateTenantRequest Choice(string role) => new() { Tenant = new Tenant { NewcomerRole = role }, UpdateMask = new() { Paths = { "newcomer_role" } } };
}
