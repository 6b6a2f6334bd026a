using Google.Protobuf.WellKnownTypes;
using Platform.Pipelines.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Tenants.Tests;

/// <summary>Whose a pipeline is becomes a rule of the access engine for everybody else.</summary>
public sealed class TeamPipelineFacts(TenantsFixture tenants) : IClassFixture<TenantsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deals_of_other_teams_pipelines_are_denied_before_every_policy_and_not_to_managers()
    {
        var company = await tenants.CompanyAsync();
        var (inside, outside) = (await company.AddAsync("sales"), await company.AddAsync("sales"));
        var teams = new TeamsService.TeamsServiceClient(tenants.Grpc(TestTokens.ForPerson(company.Tenant, company.AdministratorId)));
        var above = await teams.CreateTeamAsync(new CreateTeamRequest { Team = new Team { Name = "Sales" } }, cancellationToken: Token);
        await teams.CreateTeamAsync(new CreateTeamRequest { Team = new Team { Name = "North", ParentId = above.Id, MemberIds = { $"{inside}" } } }, cancellationToken: Token);
        var (id, start) = ($"{Guid.CreateVersion7()}", TimeProvider.System.GetUtcNow());
        var before = (await AccessAsync(company, outside)).Version;
        await ChangedAsync(company.Tenant, id, start, above.Id);
        var denied = Assert.Single((await AccessAsync(company, outside)).Policies);
        Assert.Equal((id, "deals.deal", PolicySpecificity.Pipeline, PolicyEffect.Deny, $"pipeline_id = \"{id}\""), (denied.Id, denied.Resource, denied.Specificity, denied.Effect, denied.Filter));
        Assert.Equal(["read", "create", "update", "delete", "export"], denied.Actions);
        Assert.True((await AccessAsync(company, outside)).Version > before);
        Assert.Equal(1, await tenants.Database.QueryAsync<long>($"SELECT count(*) FROM outbox_messages WHERE tenant_id = '{company.Tenant}' AND type = 'platform.tenants.v1.AccessChanged' AND (data::json->>'version')::bigint > {before}"));
        // Who is in a team below, and who may change pipelines, sees it.
        Assert.Empty((await AccessAsync(company, inside)).Policies);
        Assert.Empty((await AccessAsync(company, company.AdministratorId)).Policies);
        // What is older changes nothing; what is newer opens it again.
        await ChangedAsync(company.Tenant, id, start.AddSeconds(-1));
        Assert.Single((await AccessAsync(company, outside)).Policies);
        await ChangedAsync(company.Tenant, id, start.AddSeconds(1));
        Assert.Empty((await AccessAsync(company, outside)).Policies);
    }

    [Fact]
    public async Task A_service_of_the_platform_may_ask_what_anybody_may_do_and_other_machines_may_not()
    {
        var company = await tenants.CompanyAsync();
        var member = await company.AddAsync("sales");
        var service = new TenantsService.TenantsServiceClient(tenants.Grpc(TestTokens.ForService("tenants.read"), ("x-tenant-id", $"{company.Tenant}")));
        Assert.Contains("deals.read", (await service.GetAccessAsync(new GetAccessRequest { UserId = $"{member}" }, cancellationToken: Token)).Permissions);
        var other = new TenantsService.TenantsServiceClient(tenants.Grpc(TestTokens.ForService("contacts.read"), ("x-tenant-id", $"{company.Tenant}")));
        await Fails.With(Grpc.Core.StatusCode.PermissionDenied, "PERMISSION_DENIED", other.GetAccessAsync(new GetAccessRequest { UserId = $"{member}" }, cancellationToken: Token));
        await Fails.With(Grpc.Core.StatusCode.PermissionDenied, "PERMISSION_DENIED", tenants.As(company.Tenant, member).GetAccessAsync(new GetAccessRequest { UserId = $"{company.AdministratorId}" }, cancellationToken: Token));
    }

    private async Task ChangedAsync(Guid tenant, string id, DateTimeOffset time, params string[] teams) => Assert.Equal(
        "SUCCESS", await tenants.DeliverAsync(tenant, new PipelineChanged { Pipeline = new Pipeline { Id = id, Name = "North", TeamIds = { teams }, UpdateTime = time.ToTimestamp() } }));

    private async Task<Platform.Tenants.V1.Access> AccessAsync(Company company, Guid user) => await tenants.As(company.Tenant, user).GetAccessAsync(new GetAccessRequest(), cancellationToken: Token);
}
