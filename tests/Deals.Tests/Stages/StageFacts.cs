using System.Net.Http.Json;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Deals.V1;
using Platform.Pipelines.V1;
using Platform.Testing;
using Xunit;
using static Deals.Tests.PipelinesStandIn;
using static Deals.Tests.Samples;
using Client = Platform.Deals.V1.DealsService.DealsServiceClient;

namespace Deals.Tests.Stages;

public sealed class StageFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private Client Us => new(deals.GrpcFor(_tenant, All));

    [Fact]
    public async Task A_deal_begins_in_the_first_stage_of_the_default_pipeline_and_takes_after_it()
    {
        var deal = await Us.CreateAsync(Deal());
        Assert.Equal((Sales.Id, Sales.Stages[0].Id, 50, ForecastCategory.Pipeline), (deal.PipelineId, deal.StageId, deal.Probability, deal.ForecastCategory));
        Assert.Equal(deal.CreateTime, deal.StageChangeTime);
        Assert.Null(deal.RottingSince);
        var other = Deal();
        other.PipelineId = Partners.Id;
        var made = await Us.CreateAsync(other);
        Assert.Equal((Partners.Stages[0].Id, 5), (made.StageId, made.Probability));
        var third = Deal();
        third.StageId = Sales.Stages[2].Id;
        var rotting = await Us.CreateAsync(third);
        Assert.Equal((Sales.Id, 80, ForecastCategory.Commit), (rotting.PipelineId, rotting.Probability, rotting.ForecastCategory));
        Assert.Equal(rotting.StageChangeTime + Duration.FromTimeSpan(TimeSpan.FromDays(10)), rotting.RottingSince);
    }

    [Fact]
    public async Task A_deal_follows_its_stages_until_somebody_knows_better()
    {
        var deal = await Us.CreateAsync(Deal());
        Assert.Equal(60, (await MoveAsync(deal, Sales.Stages[1])).Probability);
        var told = await UpdateAsync(new Deal { Id = deal.Id, Probability = 90, ForecastCategory = ForecastCategory.BestCase });
        Assert.Equal((90, ForecastCategory.BestCase), (told.Probability, told.ForecastCategory));
        var moved = await MoveAsync(deal, Sales.Stages[2]);
        Assert.Equal((90, ForecastCategory.BestCase), (moved.Probability, moved.ForecastCategory));
        // To say nothing of it is to take after the stage again.
        var again = await UpdateAsync(new Deal { Id = deal.Id }, "probability", "forecast_category");
        Assert.Equal((80, ForecastCategory.Commit), (again.Probability, again.ForecastCategory));
        Assert.Equal(50, (await MoveAsync(deal, Sales.Stages[0])).Probability);
    }

    [Fact]
    public async Task A_deal_is_moved_over_rest_and_a_repeated_call_changes_nothing()
    {
        var deal = await Us.CreateAsync(Deal());
        using var rest = deals.RestFor(_tenant, All);
        for (var i = 0; i < 2; i++)
        {
            using var moved = await rest.PostAsJsonAsync(new Uri($"/api/v1/deals/{deal.Id}:move", UriKind.Relative), new { etag = deal.Etag, stageId = Sales.Stages[1].Id }, Token);
            Assert.True(moved.IsSuccessStatusCode, await moved.Content.ReadAsStringAsync(Token));
        }

        Assert.Equal(Sales.Stages[1].Id, (await Us.GetAsync(deal.Id)).StageId);
        Assert.Equal(1, await deals.PublishedAsync(deal.Id, nameof(DealUpdated)));
        await RefusedAsync(StatusCode.Aborted, "STALE_ETAG", () => MoveAsync(new MoveDealRequest { Id = deal.Id, Etag = deal.Etag, StageId = Sales.Stages[2].Id }));
    }

    [Fact]
    public async Task An_update_moves_a_deal_too_but_closes_none()
    {
        var deal = await Us.CreateAsync(Deal());
        Assert.Equal((Sales.Id, Sales.Stages[1].Id), PlaceOf(await UpdateAsync(new Deal { Id = deal.Id, StageId = Sales.Stages[1].Id })));
        // Another stage may be one of another pipeline, and another pipeline has another first stage.
        Assert.Equal((Partners.Id, Partners.Stages[0].Id), PlaceOf(await UpdateAsync(new Deal { Id = deal.Id, StageId = Partners.Stages[0].Id })));
        Assert.Equal((Sales.Id, Sales.Stages[0].Id), PlaceOf(await UpdateAsync(new Deal { Id = deal.Id, PipelineId = Sales.Id })));
        await RefusedAsync(StatusCode.InvalidArgument, "deal.stageId", () => UpdateAsync(new Deal { Id = deal.Id, StageId = Sales.Stages[3].Id }));
        await RefusedAsync(StatusCode.InvalidArgument, "deal.forecastCategory", () => UpdateAsync(new Deal { Id = deal.Id, ForecastCategory = ForecastCategory.Closed }));
    }

    [Fact]
    public async Task What_is_no_stage_in_use_is_refused_by_its_field()
    {
        var deal = await Us.CreateAsync(Deal());
        var unknown = $"{Guid.CreateVersion7()}";
        await RefusedAsync(StatusCode.InvalidArgument, "stageId", () => MoveAsync(new MoveDealRequest { Id = deal.Id, StageId = unknown }));
        await RefusedAsync(StatusCode.InvalidArgument, "pipelineId", () => MoveAsync(new MoveDealRequest { Id = deal.Id, PipelineId = unknown }));
        await RefusedAsync(StatusCode.InvalidArgument, "stageId", () => MoveAsync(new MoveDealRequest { Id = deal.Id, PipelineId = Partners.Id, StageId = Sales.Stages[1].Id }));
        var wrong = Deal();
        wrong.StageId = unknown;
        await RefusedAsync(StatusCode.InvalidArgument, "deal.stageId", () => Us.CreateAsync(wrong));
        await RefusedAsync(StatusCode.NotFound, "NOT_FOUND", () => MoveAsync(new MoveDealRequest { Id = unknown, StageId = Sales.Stages[1].Id }));
        var others = new Client(deals.GrpcFor(Guid.CreateVersion7(), All));
        await RefusedAsync(StatusCode.NotFound, "NOT_FOUND", () => others.MoveDealAsync(new MoveDealRequest { Id = deal.Id, StageId = Sales.Stages[1].Id }, cancellationToken: Token).ResponseAsync);
    }

    [Fact]
    public async Task A_stage_names_the_fields_that_a_deal_needs_before_it_comes()
    {
        var deal = await Us.CreateAsync(Deal());
        var refused = await Assert.ThrowsAsync<RpcException>(() => MoveAsync(deal, Partners.Stages[1]));
        Assert.Equal("STAGE_NEEDS_FIELDS", refused.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>().Reason);
        Assert.Equal(
            ["deal.closeDate", "deal.amount", "deal.customFields.note"],
            refused.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>().FieldViolations.Select(violation => violation.Field));
        Assert.Equal(deal, await Us.GetAsync(deal.Id));
        var note = new Struct { Fields = { ["note"] = Value.ForString("Known") } };
        var whole = await UpdateAsync(new Deal { Id = deal.Id, CloseDate = "2027-01-31", CustomFields = note, LineItems = { Line() }, StageId = Partners.Stages[1].Id });
        Assert.Equal((Partners.Stages[1].Id, 40), (whole.StageId, whole.Probability));
        // Winning and losing go into stages as well.
        await RefusedAsync(StatusCode.FailedPrecondition, "STAGE_NEEDS_FIELDS", () => Us.WinDealAsync(new WinDealRequest { Id = deal.Id }, cancellationToken: Token).ResponseAsync);
        await UpdateAsync(new Deal { Id = deal.Id, NextStep = "Deliver", NextStepDate = "2027-02-01" });
        var won = await Us.WinDealAsync(new WinDealRequest { Id = deal.Id }, cancellationToken: Token);
        Assert.Equal((Partners.Stages[2].Id, 100, ForecastCategory.Closed, "Deliver"), (won.StageId, won.Probability, won.ForecastCategory, won.NextStep));
    }

    [Fact]
    public async Task A_move_into_a_stage_of_the_end_wins_or_loses_the_deal()
    {
        var deal = await Us.CreateAsync(Deal(Line()));
        var won = await MoveAsync(deal, Sales.Stages[3]);
        Assert.Equal((DealStatus.Won, 100, ForecastCategory.Closed), (won.Status, won.Probability, won.ForecastCategory));
        Assert.Equal(1, await deals.PublishedAsync(deal.Id, nameof(DealWon)));
        await RefusedAsync(StatusCode.FailedPrecondition, "DEAL_CLOSED", () => MoveAsync(won, Sales.Stages[0]));
        await RefusedAsync(StatusCode.FailedPrecondition, "DEAL_WITHOUT_LINE_ITEMS", async () => await MoveAsync(await Us.CreateAsync(Deal()), Sales.Stages[3]));
        var lost = await MoveAsync(new MoveDealRequest { Id = (await Us.CreateAsync(Deal())).Id, StageId = Sales.Stages[4].Id, Reason = "Too dear" });
        Assert.Equal((DealStatus.Lost, 0, ForecastCategory.Omitted, "Too dear"), (lost.Status, lost.Probability, lost.ForecastCategory, lost.LostReason));
    }

    [Fact]
    public async Task A_deal_is_lost_for_a_reason_where_the_pipeline_asks_for_one()
    {
        var request = Deal();
        request.PipelineId = Partners.Id;
        var deal = await Us.CreateAsync(request);
        await RefusedAsync(StatusCode.FailedPrecondition, "LOSS_REASON_NEEDED", () => LoseAsync(""));
        await RefusedAsync(StatusCode.InvalidArgument, "lossReasonId", () => LoseAsync($"{Guid.CreateVersion7()}"));
        await RefusedAsync(StatusCode.InvalidArgument, "lossReasonId", () => LoseAsync(Partners.LossReasons[1].Id));
        var lost = await LoseAsync(Partners.LossReasons[0].Id);
        Assert.Equal((Partners.Stages[3].Id, Partners.LossReasons[0].Id, "Price"), (lost.StageId, lost.LossReasonId, lost.LostReason));

        Task<Deal> LoseAsync(string reason) => Us.LoseDealAsync(new LoseDealRequest { Id = deal.Id, LossReasonId = reason }, cancellationToken: Token).ResponseAsync;
    }

    [Fact]
    public async Task Deals_change_the_pipeline_by_a_map_of_stages()
    {
        var (one, two) = (await Us.CreateAsync(Deal()), await MoveAsync(await Us.CreateAsync(Deal()), Sales.Stages[2]));
        var map = new Dictionary<string, string> { [Sales.Stages[0].Id] = Partners.Stages[0].Id, [Sales.Stages[2].Id] = Partners.Stages[1].Id };
        Assert.Equal(Partners.Stages[0].Id, (await MoveAsync(new MoveDealRequest { Id = one.Id, PipelineId = Partners.Id, StageMap = { map } })).StageId);
        // What the other stage asks for, it asks for here too.
        await RefusedAsync(StatusCode.FailedPrecondition, "STAGE_NEEDS_FIELDS", () => MoveAsync(new MoveDealRequest { Id = two.Id, PipelineId = Partners.Id, StageMap = { map } }));
        Assert.Equal(Partners.Stages[0].Id, (await MoveAsync(new MoveDealRequest { Id = two.Id, PipelineId = Partners.Id })).StageId);
    }

    [Fact]
    public async Task The_stages_of_a_map_are_found_however_their_ids_are_written()
    {
        var (deal, (from, to)) = (await Us.CreateAsync(Deal()), (Sales.Stages[0].Id, Partners.Stages[0].Id));
        await RefusedAsync(StatusCode.InvalidArgument, "stageMap", () => MoveAsync(new MoveDealRequest { Id = deal.Id, StageMap = { [from] = to, [from.ToUpperInvariant()] = to } }));
        Assert.Equal(to, (await MoveAsync(new MoveDealRequest { Id = deal.Id, StageMap = { [from.ToUpperInvariant()] = to.ToUpperInvariant() } })).StageId);
    }

    [Fact]
    public async Task Deals_are_found_by_stage_forecast_and_how_long_they_lie()
    {
        var first = await Us.CreateAsync(Deal());
        var third = await MoveAsync(await Us.CreateAsync(Deal()), Sales.Stages[2]);
        Assert.Equal([third.Id], await FindAsync($"stage_id = \"{Sales.Stages[2].Id}\""));
        Assert.Equal([third.Id], await FindAsync("forecast_category = FORECAST_CATEGORY_COMMIT"));
        Assert.Equal([third.Id, first.Id], await FindAsync($"pipeline_id = \"{Sales.Id}\""));
        Assert.Empty(await FindAsync("rotting_since <= now()"));
        await deals.Database.ExecuteAsync($"UPDATE deals SET rotting_since = now() - interval '1 hour' WHERE id = '{third.Id}'");
        Assert.Equal([third.Id], await FindAsync("rotting_since <= now()"));
    }

    private static (string, string) PlaceOf(Deal deal) => (deal.PipelineId, deal.StageId);

    private async Task<IEnumerable<string>> FindAsync(string filter) =>
        (await Us.ListDealsAsync(new ListDealsRequest { Filter = filter }, cancellationToken: Token)).Deals.Select(deal => deal.Id);

    private Task<Deal> MoveAsync(Deal deal, Stage stage) => MoveAsync(new MoveDealRequest { Id = deal.Id, StageId = stage.Id });

    private Task<Deal> MoveAsync(MoveDealRequest request) => Us.MoveDealAsync(request, cancellationToken: Token).ResponseAsync;

    private Task<Deal> UpdateAsync(Deal deal, params string[] mask) =>
        Us.UpdateDealAsync(new UpdateDealRequest { Deal = deal, UpdateMask = mask.Length == 0 ? null : new FieldMask { Paths = { mask } } }, cancellationToken: Token).ResponseAsync;
}
