using Grpc.Core;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Tenants.Tests;

public sealed class TeamFacts(TenantsFixture tenants) : IClassFixture<TenantsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_is_in_a_team_is_in_those_above_it()
    {
        var company = await tenants.CompanyAsync();
        var teams = Teams(company);
        var user = await company.AddAsync("sales");
        var europe = await teams.CreateTeamAsync(TeamOf("Europe"), cancellationToken: Token);
        var berlin = await teams.CreateTeamAsync(TeamOf("Berlin", europe.Id, user), cancellationToken: Token);
        await teams.CreateTeamAsync(TeamOf("Paris", europe.Id), cancellationToken: Token);
        Assert.Equal(new[] { europe.Id, berlin.Id }.Order(), (await AccessAsync(company, user)).TeamIds.Order());

        berlin.MemberIds.Clear();
        await teams.UpdateTeamAsync(new UpdateTeamRequest { Team = berlin, UpdateMask = new() { Paths = { "member_ids" } } }, cancellationToken: Token);
        Assert.Empty((await AccessAsync(company, user)).TeamIds);
    }

    [Fact]
    public async Task A_team_is_never_above_itself_and_stays_while_others_are_below()
    {
        var company = await tenants.CompanyAsync();
        var teams = Teams(company);
        var top = await teams.CreateTeamAsync(TeamOf("Top"), cancellationToken: Token);
        var below = await teams.CreateTeamAsync(TeamOf("Below", top.Id), cancellationToken: Token);
        await Fails.With(StatusCode.FailedPrecondition, "TEAM_CYCLE", teams.UpdateTeamAsync(new UpdateTeamRequest { Team = new Team { Id = top.Id, ParentId = below.Id } }, cancellationToken: Token));
        await Fails.With(StatusCode.FailedPrecondition, "TEAM_CYCLE", teams.UpdateTeamAsync(new UpdateTeamRequest { Team = new Team { Id = top.Id, ParentId = top.Id } }, cancellationToken: Token));
        await Fails.With(StatusCode.FailedPrecondition, "TEAM_IN_USE", teams.DeleteTeamAsync(new DeleteTeamRequest { Id = top.Id }, cancellationToken: Token));
        await teams.DeleteTeamAsync(new DeleteTeamRequest { Id = below.Id }, cancellationToken: Token);
        await teams.DeleteTeamAsync(new DeleteTeamRequest { Id = top.Id }, cancellationToken: Token);
        Assert.Empty((await teams.ListTeamsAsync(new ListTeamsRequest(), cancellationToken: Token)).Teams);
    }

    [Fact]
    public async Task A_team_is_refused_for_strangers_and_for_a_name_that_is_taken()
    {
        var company = await tenants.CompanyAsync();
        var teams = Teams(company);
        await Fails.With(StatusCode.InvalidArgument, "INVALID_ARGUMENT", teams.CreateTeamAsync(TeamOf("Odd", "", Guid.CreateVersion7()), cancellationToken: Token));
        await Fails.With(StatusCode.InvalidArgument, "INVALID_ARGUMENT", teams.CreateTeamAsync(TeamOf("Odd", Guid.CreateVersion7().ToString()), cancellationToken: Token));
        await teams.CreateTeamAsync(TeamOf("Odd"), cancellationToken: Token);
        await Fails.With(StatusCode.AlreadyExists, "TEAM_EXISTS", teams.CreateTeamAsync(TeamOf("odd"), cancellationToken: Token));
    }

    [Fact]
    public async Task Another_company_sees_no_team()
    {
        var (ours, theirs) = (await tenants.CompanyAsync(), await tenants.CompanyAsync());
        var team = await Teams(theirs).CreateTeamAsync(TeamOf("Secret"), cancellationToken: Token);
        await Fails.With(StatusCode.NotFound, "NOT_FOUND", Teams(ours).GetTeamAsync(new GetTeamRequest { Id = team.Id }, cancellationToken: Token));
        await Fails.With(StatusCode.InvalidArgument, "INVALID_ARGUMENT", Teams(ours).CreateTeamAsync(TeamOf("Ours", team.Id), cancellationToken: Token));
    }

    [Fact]
    public async Task Who_reports_through_others_is_a_subordinate_and_nobody_reports_to_themselves()
    {
        var company = await tenants.CompanyAsync();
        var head = await company.AddAsync("sales");
        var lead = await company.AddAsync("sales", head);
        var rep = await company.AddAsync("sales", lead);
        Assert.Equal(new[] { lead, rep }.Select(id => id.ToString()).Order(), (await AccessAsync(company, head)).SubordinateIds.Order());
        await Fails.With(StatusCode.FailedPrecondition, "MANAGER_CYCLE", ManageAsync(company, head, rep));
        await Fails.With(StatusCode.FailedPrecondition, "MANAGER_CYCLE", ManageAsync(company, head, head));
        await Fails.With(StatusCode.InvalidArgument, "INVALID_ARGUMENT", ManageAsync(company, head, Guid.CreateVersion7()));

        await company.Administrator.DeleteMemberAsync(new DeleteMemberRequest { UserId = lead.ToString() }, cancellationToken: Token);
        Assert.Equal([rep.ToString()], (await AccessAsync(company, head)).SubordinateIds);
    }

    private static AsyncUnaryCall<Member> ManageAsync(Company company, Guid user, Guid manager) => company.Administrator.UpdateMemberAsync(
        new UpdateMemberRequest { Member = new Member { UserId = user.ToString(), ManagerId = manager.ToString() } }, cancellationToken: Token);

    private async Task<Access> AccessAsync(Company company, Guid user) => await company.Administrator.GetAccessAsync(new GetAccessRequest { UserId = user.ToString() }, cancellationToken: Token);

    private TeamsService.TeamsServiceClient Teams(Company company) => new(tenants.Grpc(TestTokens.ForPerson(company.Tenant, company.AdministratorId)));

    private static CreateTeamRequest TeamOf(string name, string parent = "", params Guid[] members) =>
        new() { Team = new Team { Name = name, ParentId = parent, MemberIds = { members.Select(member => member.ToString()) } } };
}
