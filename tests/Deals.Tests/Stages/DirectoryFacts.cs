using Deals.Tests.Quotes;
using Grpc.Core;
using Platform.Deals.V1;
using Platform.Pipelines.V1;
using Xunit;
using static Deals.Tests.Samples;
using Client = Platform.Deals.V1.DealsService.DealsServiceClient;

namespace Deals.Tests.Stages;

/// <summary>What deals know of pipelines, and what they do while they know nothing; not beside facts that count or use the same answers.</summary>
public sealed class DirectoryFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private Client Us => new(deals.GrpcFor(_tenant, All));

    [Fact]
    public async Task While_pipelines_is_away_what_was_known_holds_and_who_knew_nothing_is_told_to_come_again()
    {
        var known = await Us.CreateAsync(Deal(Line()));
        var answer = deals.Pipelines.Answer;
        try
        {
            deals.Pipelines.Answer = () => null;
            Assert.Equal("SUCCESS", await deals.DeliverAsync(_tenant, new PipelineChanged { Pipeline = PipelinesStandIn.Partners }));
            Assert.Equal(known.StageId, (await Us.CreateAsync(Deal())).StageId);
            Assert.Equal(DealStatus.Won, (await Us.WinDealAsync(new WinDealRequest { Id = known.Id }, cancellationToken: Token)).Status);
            var strangers = new Client(deals.GrpcFor(Guid.CreateVersion7(), All));
            await RefusedAsync(StatusCode.Unavailable, "PIPELINES_UNAVAILABLE", () => strangers.CreateAsync(Deal()));
        }
        finally
        {
            deals.Pipelines.Answer = answer;
        }
    }

    [Fact]
    public async Task A_changed_pipeline_is_asked_for_anew_and_a_stage_that_is_new_at_once()
    {
        var own = PipelinesStandIn.Of("Own", isDefault: true, [.. PipelinesStandIn.Sales.Stages.Select(stage => stage.Clone())]);
        var answer = deals.Pipelines.Answer;
        try
        {
            deals.Pipelines.Answer = () => new PipelineBook { Pipelines = { own } };
            var deal = await Us.CreateAsync(Deal());
            Assert.Equal(own.Id, deal.PipelineId);
            own.Stages[0].Probability = 33;
            Assert.Equal("SUCCESS", await deals.DeliverAsync(_tenant, new PipelineChanged { Pipeline = own }));
            Assert.Equal(33, (await Us.CreateAsync(Deal())).Probability);
            own.Stages.Insert(1, PipelinesStandIn.Open("New", 44));
            own.Stages[1].Id = $"{Guid.CreateVersion7()}";
            Assert.Equal(44, (await Us.MoveDealAsync(new MoveDealRequest { Id = deal.Id, StageId = own.Stages[1].Id }, cancellationToken: Token)).Probability);
        }
        finally
        {
            deals.Pipelines.Answer = answer;
        }
    }

    [Fact]
    public async Task A_deal_of_a_pipeline_that_is_not_known_yet_ends_in_that_one_and_in_no_other()
    {
        var young = PipelinesStandIn.Of("Young", isDefault: false, [.. PipelinesStandIn.Sales.Stages.Select(stage => stage.Clone())]);
        var answer = deals.Pipelines.Answer;
        try
        {
            var (won, lost, later) = (await Us.CreateAsync(Deal(Line())), await Us.CreateAsync(Deal()), await Us.CreateAsync(Deal(Line())));
            // As another replica leaves them, which knows the pipeline.
            await deals.Database.ExecuteAsync($"UPDATE deals SET pipeline_id = '{young.Id}', stage_id = '{young.Stages[0].Id}' WHERE tenant_id = '{_tenant}'");
            await RefusedAsync(StatusCode.Unavailable, "PIPELINES_UNAVAILABLE", () => Us.WinDealAsync(new WinDealRequest { Id = later.Id }, cancellationToken: Token).ResponseAsync);
            deals.Pipelines.Answer = () => new PipelineBook { Pipelines = { PipelinesStandIn.Sales, young } };
            Assert.Equal(young.Stages[3].Id, (await Us.WinDealAsync(new WinDealRequest { Id = won.Id }, cancellationToken: Token)).StageId);
            var reason = young.LossReasons[0].Id;
            Assert.Equal(young.Stages[4].Id, (await Us.LoseDealAsync(new LoseDealRequest { Id = lost.Id, LossReasonId = reason }, cancellationToken: Token)).StageId);
        }
        finally
        {
            deals.Pipelines.Answer = answer;
        }
    }

    [Fact]
    public async Task A_quote_wins_its_deal_in_a_pipeline_that_is_not_known_yet()
    {
        var young = PipelinesStandIn.Of("Young", isDefault: false, [.. PipelinesStandIn.Sales.Stages.Select(stage => stage.Clone())]);
        var quotes = new QuotesService.QuotesServiceClient(deals.GrpcFor(_tenant, All));
        var answer = deals.Pipelines.Answer;
        try
        {
            var deal = await Us.CreateAsync(Deal(Line()));
            var quote = await quotes.CreateAsync(new Quote { DealId = deal.Id });
            await quotes.SendAsync(quote.Id);
            await deals.Database.ExecuteAsync($"UPDATE deals SET pipeline_id = '{young.Id}', stage_id = '{young.Stages[0].Id}' WHERE id = '{deal.Id}'");
            deals.Pipelines.Answer = () => new PipelineBook { Pipelines = { PipelinesStandIn.Sales, young } };
            await quotes.AcceptAsync(quote.Id);
            Assert.Equal(young.Stages[3].Id, (await Us.GetAsync(deal.Id)).StageId);
        }
        finally
        {
            deals.Pipelines.Answer = answer;
        }
    }

    [Fact]
    public async Task Deals_rot_by_the_days_that_their_stage_has_now()
    {
        var deal = await Us.CreateAsync(Deal());
        var changed = PipelinesStandIn.Sales.Clone();
        changed.Stages[0].RottingDays = 3;
        Assert.Equal("SUCCESS", await deals.DeliverAsync(_tenant, new PipelineChanged { Pipeline = changed }));
        Assert.Equal(deal.StageChangeTime.ToDateTime().AddDays(3), (await Us.GetAsync(deal.Id)).RottingSince.ToDateTime());
        Assert.Equal("SUCCESS", await deals.DeliverAsync(_tenant, new PipelineChanged { Pipeline = PipelinesStandIn.Sales }));
        Assert.Null((await Us.GetAsync(deal.Id)).RottingSince);
    }

    [Fact]
    public async Task Deals_of_before_there_were_pipelines_go_into_the_default_one_with_a_history()
    {
        var (open, won) = (await Us.CreateAsync(Deal()), await Us.CreateAsync(Deal(Line())));
        await Us.WinDealAsync(new WinDealRequest { Id = won.Id }, cancellationToken: Token);
        // As the migration leaves them.
        await deals.Database.ExecuteAsync($"""
            UPDATE deals SET pipeline_id = NULL, stage_id = NULL, stage_change_time = NULL, changes = 0, has_own_probability = true WHERE tenant_id = '{_tenant}';
            UPDATE deals SET probability = 77 WHERE id = '{open.Id}';
            DELETE FROM deal_changes WHERE tenant_id = '{_tenant}';
            """);
        Assert.Equal("", (await Us.GetAsync(open.Id)).StageId);
        Assert.Equal("SUCCESS", await deals.DeliverAsync(_tenant, new PipelineChanged { Pipeline = PipelinesStandIn.Sales }));
        var (placed, closed) = (await Us.GetAsync(open.Id), await Us.GetAsync(won.Id));
        Assert.Equal((PipelinesStandIn.Sales.Stages[0].Id, 77), (placed.StageId, placed.Probability));
        Assert.Equal((PipelinesStandIn.Sales.Stages[3].Id, 100), (closed.StageId, closed.Probability));
        var first = Assert.Single((await Us.ListDealChangesAsync(new ListDealChangesRequest { DealId = open.Id }, cancellationToken: Token)).Changes);
        Assert.Contains(first.Fields, field => field.Field == "probability" && field.To == "77");
        // The probability is its own, and stays.
        Assert.Equal(77, (await Us.MoveDealAsync(new MoveDealRequest { Id = open.Id, StageId = PipelinesStandIn.Sales.Stages[1].Id }, cancellationToken: Token)).Probability);
    }
}
