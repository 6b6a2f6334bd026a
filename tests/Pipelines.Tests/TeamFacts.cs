using Platform.Pipelines.V1;
using Platform.Testing;
using Xunit;

namespace Pipelines.Tests;

/// <summary>Who sees which pipelines.</summary>
public sealed class TeamFacts(PipelinesFixture pipelines) : IClassFixture<PipelinesFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();
    private readonly Guid _team = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pipeline_that_names_teams_is_there_for_them_for_managers_and_for_nobody_else()
    {
        var manager = pipelines.PipelinesOf(_tenant);
        var hidden = await manager.CreatePipelineAsync(new CreatePipelineRequest { Pipeline = new Pipeline { Name = "North", TeamIds = { $"{_team}", $"{_team}" } } }, cancellationToken: Token);
        Assert.Equal([$"{_team}"], hidden.TeamIds);
        Assert.Equal(2, (await pipelines.ListAsync(_tenant)).Count);
        var (inside, outside) = (Reader(_team), Reader(Guid.CreateVersion7()));
        Assert.Equal(hidden, await inside.GetPipelineAsync(new GetPipelineRequest { Id = hidden.Id }, cancellationToken: Token));
        Assert.Equal(2, (await inside.GetPipelineBookAsync(new GetPipelineBookRequest(), cancellationToken: Token)).Pipelines.Count);
        await Refusal.OfAsync("NOT_FOUND", outside.GetPipelineAsync(new GetPipelineRequest { Id = hidden.Id }, cancellationToken: Token));
        Assert.Equal(["Sales"], (await outside.ListPipelinesAsync(new ListPipelinesRequest { ShowArchived = true }, cancellationToken: Token)).Pipelines.Select(pipeline => pipeline.Name));
        Assert.Equal(["Sales"], (await outside.GetPipelineBookAsync(new GetPipelineBookRequest(), cancellationToken: Token)).Pipelines.Select(pipeline => pipeline.Name));
        // The platform's own services are told of all: they narrow it for whoever asks them.
        var service = new PipelinesService.PipelinesServiceClient(pipelines.Grpc(TestTokens.ForService("deals.read"), ("x-tenant-id", $"{_tenant}")));
        Assert.Equal(2, (await service.GetPipelineBookAsync(new GetPipelineBookRequest(), cancellationToken: Token)).Pipelines.Count);
        await manager.UpdatePipelineAsync(new UpdatePipelineRequest { Pipeline = new Pipeline { Id = hidden.Id }, UpdateMask = new() { Paths = { "team_ids" } } }, cancellationToken: Token);
        Assert.Equal("North", (await outside.GetPipelineAsync(new GetPipelineRequest { Id = hidden.Id }, cancellationToken: Token)).Name);
    }

    [Fact]
    public async Task The_default_pipeline_is_everybodys()
    {
        var (manager, first) = (pipelines.PipelinesOf(_tenant), Assert.Single(await pipelines.ListAsync(_tenant)));
        var teams = new UpdatePipelineRequest { Pipeline = new Pipeline { Id = first.Id, TeamIds = { $"{_team}" } }, UpdateMask = new() { Paths = { "team_ids" } } };
        await Refusal.OfAsync("PIPELINE_IS_DEFAULT", manager.UpdatePipelineAsync(teams, cancellationToken: Token));
        var hidden = await manager.CreatePipelineAsync(new CreatePipelineRequest { Pipeline = new Pipeline { Name = "North", TeamIds = { $"{_team}" } } }, cancellationToken: Token);
        await Refusal.OfAsync("PIPELINE_OF_TEAMS", manager.PromotePipelineAsync(new PromotePipelineRequest { Id = hidden.Id }, cancellationToken: Token));
        teams.Pipeline = new Pipeline { Id = hidden.Id, TeamIds = { "north" } };
        Assert.Equal(["pipeline.teamIds[0]"], (await Refusal.OfAsync("INVALID_ARGUMENT", manager.UpdatePipelineAsync(teams, cancellationToken: Token))).Fields());
    }

    private PipelinesService.PipelinesServiceClient Reader(Guid team)
    {
        var user = Guid.CreateVersion7();
        pipelines.Access.Set(_tenant, new Platform.Tenants.V1.Access { UserId = $"{user}", Permissions = { "pipelines.read" }, TeamIds = { $"{team}" } });
        return new(pipelines.Grpc(TestTokens.ForPerson(_tenant, user)));
    }
}
