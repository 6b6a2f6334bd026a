using System.Net;
using System.Net.Http.Json;
using Grpc.Core;
using Platform.Contacts.V1;
using Platform.Pipelines.V1;
using Platform.Testing;
using Xunit;

namespace Pipelines.Tests;

public sealed class PipelineFacts(PipelinesFixture pipelines) : IClassFixture<PipelinesFixture>
{
    private static readonly string[] Required = ["amount", "custom_fields.budget"];

    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PipelinesService.PipelinesServiceClient Client => pipelines.PipelinesOf(_tenant);

    [Fact]
    public async Task A_pipeline_is_made_over_rest_with_its_stages_in_order()
    {
        using var rest = pipelines.RestFor(_tenant, PipelinesFixture.All);
        using var made = await rest.PostAsJsonAsync(new Uri("/api/v1/pipelines", UriKind.Relative), new
        {
            name = "Partners",
            stages = new object[]
            {
                new { name = "Met", probability = 5, rottingDays = 14 },
                new { name = "Signed", kind = "STAGE_KIND_WON" },
                new { name = "Offer", probability = 60, forecastCategory = "FORECAST_CATEGORY_COMMIT", requiredFields = Required },
            },
            lossReasons = new object[] { new { name = "Price" } },
            requiresLossReason = true,
        }, Token);
        var text = await made.Content.ReadAsStringAsync(Token);
        Assert.True(made.IsSuccessStatusCode, text);
        var pipeline = Pipeline.Parser.ParseJson(text);
        // What was not sent of what every pipeline has is there as well.
        Assert.Equal(["Met", "Signed", "Offer", "Lost"], pipeline.Stages.Select(stage => stage.Name));
        Assert.Equal([5, 100, 60, 0], pipeline.Stages.Select(stage => stage.Probability));
        Assert.Equal((14, ForecastCategory.Commit, "custom_fields.budget"), (pipeline.Stages[0].RottingDays, pipeline.Stages[2].ForecastCategory, pipeline.Stages[2].RequiredFields[1]));
        Assert.All(pipeline.Stages, stage => Assert.True(Guid.TryParse(stage.Id, out _)));
        Assert.Equal((false, true, "Price"), (pipeline.IsDefault, pipeline.RequiresLossReason, Assert.Single(pipeline.LossReasons).Name));
        Assert.Equal(pipeline, await Client.GetPipelineAsync(new GetPipelineRequest { Id = pipeline.Id }, cancellationToken: Token));
        // The default one is there beside it.
        Assert.Equal([false, true], (await pipelines.ListAsync(_tenant)).Select(known => known.IsDefault).Order());
        Assert.Equal(1, await pipelines.EventsAsync(_tenant, pipeline.Id));
    }

    [Fact]
    public async Task Stages_are_changed_ordered_added_and_archived_by_one_update()
    {
        var made = await pipelines.CreateAsync(_tenant, "Sales 2");
        var kept = made.Stages.Select(stage => stage.Clone()).ToList();
        (kept[1].Name, kept[1].Probability) = ("Understood", 30);
        List<Stage> wanted = [kept[1], kept[0], new Stage { Name = "Contract", Probability = 90 }, kept[4], kept[5]];
        var changed = await Client.UpdatePipelineAsync(new UpdatePipelineRequest { Pipeline = new Pipeline { Id = made.Id, Etag = made.Etag, Stages = { wanted } } }, cancellationToken: Token);
        Assert.Equal(["Understood", "Qualification", "Contract", "Won", "Lost", "Proposal", "Negotiation"], changed.Stages.Select(stage => stage.Name));
        Assert.Equal([false, false, false, false, false, true, true], changed.Stages.Select(stage => stage.Archived));
        Assert.Equal((made.Stages[1].Id, 30), (changed.Stages[0].Id, changed.Stages[0].Probability));
        Assert.Equal("Sales 2", changed.Name);
        // An archived stage is brought back by saying so; what has been there never goes.
        var back = changed.Clone();
        back.Stages[5].Archived = false;
        var again = await Client.UpdatePipelineAsync(new UpdatePipelineRequest { Pipeline = back }, cancellationToken: Token);
        Assert.Equal((7, false), (again.Stages.Count, again.Stages[5].Archived));
        Assert.Equal(3, await pipelines.EventsAsync(_tenant, made.Id));
        var audited = await pipelines.GrpcFor(_tenant, AuditHistory.Permission).HistoryAsync("pipelines.pipeline", made.Id, atLeast: 3);
        Assert.Equal(["create", "update", "update"], audited.Select(entry => entry.Action));
    }

    [Fact]
    public async Task Two_who_change_the_same_pipeline_lose_nothing()
    {
        var made = await pipelines.CreateAsync(_tenant, "Shared");
        await Client.UpdatePipelineAsync(new UpdatePipelineRequest { Pipeline = new Pipeline { Id = made.Id, Etag = made.Etag, Name = "Mine" } }, cancellationToken: Token);
        using var rest = pipelines.RestFor(_tenant, PipelinesFixture.All);
        using var late = await rest.PatchAsJsonAsync(new Uri($"/api/v1/pipelines/{made.Id}", UriKind.Relative), new { etag = made.Etag, name = "Theirs" }, Token);
        Assert.Equal(HttpStatusCode.PreconditionFailed, late.StatusCode);
        await Refusal.OfAsync("STALE_ETAG", Client.ArchivePipelineAsync(new ArchivePipelineRequest { Id = made.Id, Etag = made.Etag }, cancellationToken: Token));
        await Refusal.OfAsync("STALE_ETAG", Client.PromotePipelineAsync(new PromotePipelineRequest { Id = made.Id, Etag = made.Etag }, cancellationToken: Token));
        Assert.Equal("Mine", (await Client.GetPipelineAsync(new GetPipelineRequest { Id = made.Id }, cancellationToken: Token)).Name);
    }

    [Fact]
    public async Task One_pipeline_is_the_default_and_that_one_is_not_archived()
    {
        var former = Assert.Single(await pipelines.ListAsync(_tenant));
        var made = await pipelines.CreateAsync(_tenant, "Better");
        await Refusal.OfAsync("PIPELINE_IS_DEFAULT", Client.ArchivePipelineAsync(new ArchivePipelineRequest { Id = former.Id }, cancellationToken: Token));
        var promoted = await Client.PromotePipelineAsync(new PromotePipelineRequest { Id = made.Id, Etag = made.Etag }, cancellationToken: Token);
        Assert.True(promoted.IsDefault);
        Assert.Equal(promoted, await Client.PromotePipelineAsync(new PromotePipelineRequest { Id = made.Id, Etag = made.Etag }, cancellationToken: Token));
        Assert.Equal([made.Id], (await pipelines.ListAsync(_tenant)).Where(pipeline => pipeline.IsDefault).Select(pipeline => pipeline.Id));
        Assert.Equal(2, await pipelines.EventsAsync(_tenant, former.Id));
        var archived = await Client.ArchivePipelineAsync(new ArchivePipelineRequest { Id = former.Id }, cancellationToken: Token);
        Assert.NotNull(archived.ArchiveTime);
        Assert.Equal(archived, await Client.ArchivePipelineAsync(new ArchivePipelineRequest { Id = former.Id, Etag = former.Etag }, cancellationToken: Token));
        Assert.Equal([made.Id], (await pipelines.ListAsync(_tenant)).Select(pipeline => pipeline.Id));
        Assert.Equal(2, (await pipelines.ListAsync(_tenant, archived: true)).Count);
        await Refusal.OfAsync("PIPELINE_ARCHIVED", Client.PromotePipelineAsync(new PromotePipelineRequest { Id = former.Id }, cancellationToken: Token));
        await Refusal.OfAsync("PIPELINE_ARCHIVED", Client.UpdatePipelineAsync(new UpdatePipelineRequest { Pipeline = new Pipeline { Id = former.Id, Name = "New" } }, cancellationToken: Token));
        // Its name is free meanwhile.
        await pipelines.CreateAsync(_tenant, former.Name);
        await Refusal.OfAsync("PIPELINE_EXISTS", Client.UnarchivePipelineAsync(new UnarchivePipelineRequest { Id = former.Id }, cancellationToken: Token));
    }

    [Fact]
    public async Task An_archived_pipeline_comes_back_as_it_was()
    {
        var made = await pipelines.CreateAsync(_tenant, "Away");
        await Client.ArchivePipelineAsync(new ArchivePipelineRequest { Id = made.Id }, cancellationToken: Token);
        var back = await Client.UnarchivePipelineAsync(new UnarchivePipelineRequest { Id = made.Id }, cancellationToken: Token);
        Assert.Null(back.ArchiveTime);
        Assert.Equal(made.Stages, back.Stages);
        Assert.Equal(back, await Client.UnarchivePipelineAsync(new UnarchivePipelineRequest { Id = made.Id }, cancellationToken: Token));
    }

    [Fact]
    public async Task Two_who_promote_at_once_leave_one_default()
    {
        var made = new[] { await pipelines.CreateAsync(_tenant, "A"), await pipelines.CreateAsync(_tenant, "B") };
        await Task.WhenAll(made.Select(async pipeline =>
        {
            try
            {
                await Client.PromotePipelineAsync(new PromotePipelineRequest { Id = pipeline.Id }, cancellationToken: Token);
            }
            catch (RpcException refused)
            {
                Assert.Equal("STALE_ETAG", refused.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>().Reason);
            }
        }));
        Assert.Contains(Assert.Single(await pipelines.ListAsync(_tenant), pipeline => pipeline.IsDefault).Id, made.Select(pipeline => pipeline.Id));
    }

    [Theory]
    [InlineData("""{"name":" "}""", "pipeline.name")]
    [InlineData("""{"name":"x","stages":[{"name":"a"},{"name":"A"}]}""", "pipeline.stages")]
    [InlineData("""{"name":"x","stages":[{"name":""}]}""", "pipeline.stages[0].name")]
    [InlineData("""{"name":"x","stages":[{"name":"a","probability":101}]}""", "pipeline.stages[0].probability")]
    [InlineData("""{"name":"x","stages":[{"name":"a","kind":"STAGE_KIND_WON","probability":90}]}""", "probability")]
    [InlineData("""{"name":"x","stages":[{"name":"a","forecastCategory":"FORECAST_CATEGORY_CLOSED"}]}""", "pipeline.stages[0].forecastCategory")]
    [InlineData("""{"name":"x","stages":[{"name":"a","rottingDays":4000}]}""", "pipeline.stages[0].rottingDays")]
    [InlineData("""{"name":"x","stages":[{"name":"a","requiredFields":["budget"]}]}""", "pipeline.stages[0].requiredFields[0]")]
    [InlineData("""{"name":"x","stages":[{"name":"a","requiredFields":["status"]}]}""", "pipeline.stages[0].requiredFields[0]")]
    [InlineData("""{"name":"x","stages":[{"name":"a","exitFields":["budget"]}]}""", "pipeline.stages[0].exitFields[0]")]
    [InlineData("""{"name":"x","stages":[{"name":"a","kind":"STAGE_KIND_LOST","exitFields":["amount"]}]}""", "exitFields")]
    [InlineData("""{"name":"x","stages":[{"name":"a","kind":"STAGE_KIND_LOST","exitActivities":[{"kind":"ACTIVITY_KIND_CALL"}]}]}""", "exitActivities")]
    [InlineData("""{"name":"x","stages":[{"name":"a","requiredActivities":[{"kind":"ACTIVITY_KIND_SYSTEM"}]}]}""", "pipeline.stages[0].requiredActivities[0].kind")]
    [InlineData("""{"name":"x","stages":[{"name":"a","exitActivities":[{"kind":"ACTIVITY_KIND_CALL","count":21}]}]}""", "pipeline.stages[0].exitActivities[0].count")]
    [InlineData("""{"name":"x","stages":[{"name":"a","requiredActivities":[{"kind":"ACTIVITY_KIND_CALL"},{"kind":"ACTIVITY_KIND_CALL","count":2}]}]}""", "pipeline.stages[0].requiredActivities")]
    [InlineData("""{"name":"x","stages":[{"id":"0198a0e7-0000-7000-8000-000000000001","name":"a"}]}""", "pipeline.stages[0].id")]
    [InlineData("""{"name":"x","lossReasons":[{"name":"a"},{"name":"a"}]}""", "pipeline.lossReasons")]
    [InlineData("""{"name":"x","requiresLossReason":true}""", "pipeline.requiresLossReason")]
    public async Task What_is_wrong_is_named(string pipeline, string field)
    {
        var refused = await Refusal.OfAsync("INVALID_ARGUMENT", Client.CreatePipelineAsync(new CreatePipelineRequest { Pipeline = Pipeline.Parser.ParseJson(pipeline) }, cancellationToken: Token));
        Assert.Contains(refused.Fields(), named => named.EndsWith(field, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stage_asks_for_fields_and_activities_on_the_way_in_and_on_the_way_out()
    {
        var stage = new Stage
        {
            Name = "Met",
            RequiredActivities = { new ActivityRequirement { Kind = ActivityKind.Call, Count = 2 } },
            ExitFields = { "next_step", "custom_fields.budget" },
            ExitActivities = { new ActivityRequirement { Kind = ActivityKind.Meeting } },
        };
        var made = await Client.CreatePipelineAsync(new CreatePipelineRequest { Pipeline = new Pipeline { Name = "Asking", Stages = { stage } } }, cancellationToken: Token);
        var kept = made.Stages[0];
        Assert.Equal((2, 1), (kept.RequiredActivities[0].Count, kept.ExitActivities[0].Count));
        Assert.Equal(stage.ExitFields, kept.ExitFields);
        Assert.Equal(made, await Client.GetPipelineAsync(new GetPipelineRequest { Id = made.Id }, cancellationToken: Token));
    }

    [Fact]
    public async Task A_pipeline_keeps_a_stage_of_each_kind_and_a_stage_its_kind()
    {
        var made = await pipelines.CreateAsync(_tenant, "Whole");
        var withoutLost = made.Stages.Where(stage => stage.Kind != StageKind.Lost).ToList();
        Assert.Equal(["pipeline.stages"], (await UpdateAsync(withoutLost)).Fields());
        var other = made.Clone();
        (other.Stages[0].Kind, other.Stages[0].ForecastCategory, other.Stages[0].Probability) = (StageKind.Lost, ForecastCategory.Omitted, 0);
        Assert.Equal(["pipeline.stages[0].kind"], (await UpdateAsync(other.Stages)).Fields());

        Task<RpcException> UpdateAsync(IEnumerable<Stage> stages) => Refusal.OfAsync("INVALID_ARGUMENT",
            Client.UpdatePipelineAsync(new UpdatePipelineRequest { Pipeline = new Pipeline { Id = made.Id, Stages = { stages } } }, cancellationToken: Token));
    }

    [Fact]
    public async Task A_name_is_taken_once_and_mistakes_are_told_in_the_callers_language()
    {
        await pipelines.CreateAsync(_tenant, "Twice");
        await Refusal.OfAsync("PIPELINE_EXISTS", Client.CreatePipelineAsync(new CreatePipelineRequest { Pipeline = new Pipeline { Name = "Twice" } }, cancellationToken: Token));
        var refused = await Refusal.OfAsync("INVALID_ARGUMENT", Client.CreatePipelineAsync(
            new CreatePipelineRequest { Pipeline = new Pipeline() }, new Metadata { { "accept-language", "ru" } }, cancellationToken: Token));
        Assert.Contains("Воронке нужно название.", refused.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_company_sees_and_changes_nothing()
    {
        var made = await pipelines.CreateAsync(_tenant, "Ours");
        var other = Guid.CreateVersion7();
        Assert.DoesNotContain(await pipelines.ListAsync(other, archived: true), pipeline => pipeline.Id == made.Id);
        var client = pipelines.PipelinesOf(other);
        await Refusal.OfAsync("NOT_FOUND", client.GetPipelineAsync(new GetPipelineRequest { Id = made.Id }, cancellationToken: Token));
        await Refusal.OfAsync("NOT_FOUND", client.UpdatePipelineAsync(new UpdatePipelineRequest { Pipeline = new Pipeline { Id = made.Id, Name = "Theirs" } }, cancellationToken: Token));
        await Refusal.OfAsync("NOT_FOUND", client.ArchivePipelineAsync(new ArchivePipelineRequest { Id = made.Id }, cancellationToken: Token));
        await Refusal.OfAsync("NOT_FOUND", client.PromotePipelineAsync(new PromotePipelineRequest { Id = made.Id }, cancellationToken: Token));
    }
}
