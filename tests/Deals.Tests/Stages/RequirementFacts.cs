using Deals.Tests.Quotes;
using Grpc.Core;
using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.Pipelines.V1;
using Xunit;
using static Deals.Tests.PipelinesStandIn;
using static Deals.Tests.Samples;
using Client = Platform.Deals.V1.DealsService.DealsServiceClient;
using QuotesClient = Platform.Deals.V1.QuotesService.QuotesServiceClient;

namespace Deals.Tests.Stages;

/// <summary>What stages ask for before a deal comes into them, and before it leaves them.</summary>
public sealed class RequirementFacts : IClassFixture<DealsFixture>
{
    private static readonly Stage Met = new()
    {
        Name = "Met",
        Kind = StageKind.Open,
        Probability = 10,
        ExitFields = { "next_step" },
        ExitActivities = { new ActivityRequirement { Kind = ActivityKind.Meeting, Count = 1 } },
    };

    private static readonly Stage Offer = new() { Name = "Offer", Kind = StageKind.Open, Probability = 50, RequiredActivities = { new ActivityRequirement { Kind = ActivityKind.Call, Count = 2 } } };

    private static readonly Pipeline Strict = Of("Strict", isDefault: true, Met, Offer, Open("Late", 80),
        new Stage { Name = "Won", Kind = StageKind.Won, Probability = 100, ForecastCategory = ForecastCategory.Closed },
        new Stage { Name = "Lost", Kind = StageKind.Lost, ForecastCategory = ForecastCategory.Omitted });

    private readonly DealsFixture _deals;
    private readonly Guid _tenant = Guid.CreateVersion7();

    public RequirementFacts(DealsFixture deals)
    {
        _deals = deals;
        var other = Partners.Clone();
        other.IsDefault = false;
        deals.Pipelines.Answer = () => new PipelineBook { Pipelines = { Strict, other } };
    }

    private Client Us => new(_deals.GrpcFor(_tenant, All));

    [Fact]
    public async Task A_deal_goes_on_from_a_stage_with_the_fields_and_activities_that_it_asks_for()
    {
        var deal = await Us.CreateAsync(Deal(Line()));
        await RefusedAsync(StatusCode.FailedPrecondition, "STAGE_NEEDS_FIELDS", () => MoveAsync(deal, Strict.Stages[2]));
        await RefusedAsync(StatusCode.FailedPrecondition, "deal.nextStep", () => MoveAsync(deal, Strict.Stages[2]));
        await RefusedAsync(StatusCode.FailedPrecondition, "STAGE_NEEDS_FIELDS", () => UpdateAsync(new Deal { Id = deal.Id, StageId = Strict.Stages[2].Id }));
        await RefusedAsync(StatusCode.FailedPrecondition, "STAGE_NEEDS_FIELDS", () => Us.WinDealAsync(new WinDealRequest { Id = deal.Id }, cancellationToken: Token).ResponseAsync);
        await RefusedAsync(StatusCode.FailedPrecondition, "STAGE_NEEDS_FIELDS", () => MoveAsync(deal, Partners.Stages[0]));
        await UpdateAsync(new Deal { Id = deal.Id, NextStep = "Write the offer" });
        await RefusedAsync(StatusCode.FailedPrecondition, "STAGE_NEEDS_ACTIVITIES", () => MoveAsync(deal, Strict.Stages[2]));
        await RefusedAsync(StatusCode.FailedPrecondition, "activities", () => UpdateAsync(new Deal { Id = deal.Id, StageId = Strict.Stages[2].Id }));
        var meeting = Happened(deal, ActivityKind.Meeting, ActivityStatus.Open);
        await RefusedAsync(StatusCode.FailedPrecondition, "STAGE_NEEDS_ACTIVITIES", () => Us.WinDealAsync(new WinDealRequest { Id = deal.Id }, cancellationToken: Token).ResponseAsync);
        meeting.Status = ActivityStatus.Done;
        Assert.Equal(Strict.Stages[2].Id, (await MoveAsync(deal, Strict.Stages[2])).StageId);
        Assert.Equal(DealStatus.Won, (await Us.WinDealAsync(new WinDealRequest { Id = deal.Id }, cancellationToken: Token)).Status);
    }

    [Fact]
    public async Task What_is_lost_or_goes_back_or_leaves_an_archived_stage_is_not_asked()
    {
        Assert.Equal(DealStatus.Lost, (await Us.LoseDealAsync(new LoseDealRequest { Id = (await Us.CreateAsync(Deal())).Id }, cancellationToken: Token)).Status);
        var back = await Us.CreateAsync(new Deal(Deal()) { StageId = Strict.Stages[2].Id });
        Assert.Equal(Met.Id, (await MoveAsync(back, Met)).StageId);
        var old = Strict.Clone();
        old.Stages[0].Archived = true;
        _deals.Pipelines.Answer = () => new PipelineBook { Pipelines = { old } };
        Assert.Equal("SUCCESS", await _deals.DeliverAsync(_tenant, new PipelineChanged { Pipeline = old }));
        Assert.Equal(Strict.Stages[2].Id, (await MoveAsync(back, Strict.Stages[2])).StageId);
    }

    [Fact]
    public async Task A_stage_is_entered_when_as_many_activities_are_done_as_it_asks_for()
    {
        await RefusedAsync(StatusCode.FailedPrecondition, "STAGE_NEEDS_ACTIVITIES", () => Us.CreateAsync(new Deal(Deal()) { StageId = Offer.Id }));
        var deal = await Us.CreateAsync(new Deal(Deal()) { NextStep = "Call" });
        Happened(deal, ActivityKind.Meeting);
        Happened(deal, ActivityKind.Call);
        Happened(await Us.CreateAsync(Deal()), ActivityKind.Call);
        await RefusedAsync(StatusCode.FailedPrecondition, "STAGE_NEEDS_ACTIVITIES", () => MoveAsync(deal, Offer));
        Happened(deal, ActivityKind.Call);
        Assert.Equal(Offer.Id, (await MoveAsync(deal, Offer)).StageId);
        Assert.All(_deals.Activities.Asked, asked => Assert.Equal("status = ACTIVITY_STATUS_DONE", asked.Filter));
    }

    [Fact]
    public async Task Only_where_activities_are_asked_for_a_deal_waits_for_contacts()
    {
        var deal = await Us.CreateAsync(new Deal(Deal(Line())) { StageId = Strict.Stages[2].Id });
        var first = await Us.CreateAsync(new Deal(Deal()) { NextStep = "Call" });
        var before = _deals.Activities.Asked.Count;
        _deals.Activities.IsAway = true;
        try
        {
            Assert.Equal(DealStatus.Won, (await Us.WinDealAsync(new WinDealRequest { Id = deal.Id }, cancellationToken: Token)).Status);
            Assert.Equal(before, _deals.Activities.Asked.Count);
            await RefusedAsync(StatusCode.Unavailable, "ACTIVITIES_UNAVAILABLE", () => MoveAsync(first, Strict.Stages[2]));
            Assert.Equal(Met.Id, (await MoveAsync(first, Met)).StageId);
        }
        finally
        {
            _deals.Activities.IsAway = false;
        }
    }

    [Fact]
    public async Task A_customer_who_accepts_is_not_asked_what_the_stage_asks_for()
    {
        var quotes = new QuotesClient(_deals.GrpcFor(_tenant, All));
        var deal = await Us.CreateAsync(Deal(Line()));
        var quote = await quotes.CreateAsync(new Quote { DealId = deal.Id });
        await quotes.SendAsync(quote.Id);
        await quotes.AcceptAsync(quote.Id);
        Assert.Equal(DealStatus.Won, (await Us.GetAsync(deal.Id)).Status);
    }

    private Activity Happened(Deal deal, ActivityKind kind, ActivityStatus status = ActivityStatus.Done)
    {
        var activity = new Activity { DealId = deal.Id, Kind = kind, Status = status };
        _deals.Activities.All.Add(activity);
        return activity;
    }

    private Task<Deal> MoveAsync(Deal deal, Stage stage) => Us.MoveDealAsync(new MoveDealRequest { Id = deal.Id, StageId = stage.Id }, cancellationToken: Token).ResponseAsync;

    private Task<Deal> UpdateAsync(Deal deal) => Us.UpdateDealAsync(new UpdateDealRequest { Deal = deal }, cancellationToken: Token).ResponseAsync;
}
