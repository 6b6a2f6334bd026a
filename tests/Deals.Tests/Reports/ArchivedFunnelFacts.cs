using Grpc.Core;
using Platform.Deals.V1;
using Platform.Pipelines.V1;
using Xunit;
using static Deals.Tests.PipelinesStandIn;
using static Deals.Tests.Samples;
using Client = Platform.Deals.V1.DealsService.DealsServiceClient;
using Teller = Platform.Deals.V1.ReportsService.ReportsServiceClient;

namespace Deals.Tests.Reports;

/// <summary>Has a fixture of its own, because it says what pipelines there are.</summary>
public sealed class ArchivedFunnelFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    [Fact]
    public async Task Neither_an_archived_stage_nor_that_of_lost_deals_says_how_far_a_deal_came()
    {
        var tenant = Guid.CreateVersion7();
        var (us, told) = (new Client(deals.GrpcFor(tenant, All)), new Teller(deals.GrpcFor(tenant, All)));
        foreach (var stage in new[] { 0, 1, 2, 4, 4 })
        {
            var deal = await us.CreateAsync(Deal(Line()));
            await us.MoveDealAsync(new MoveDealRequest { Id = deal.Id, StageId = Sales.Stages[stage].Id }, cancellationToken: Token);
        }

        // As the pipelines service tells it: archived stages come last.
        var changed = Sales.Clone();
        changed.Stages[1].Archived = true;
        var order = changed.Stages.OrderBy(stage => stage.Archived).ToList();
        changed.Stages.Clear();
        changed.Stages.AddRange(order);
        deals.Pipelines.Answer = () => new PipelineBook { Pipelines = { changed, Partners } };
        // A pipeline that was not known yet is asked for, and with it the changed one comes.
        await RefusedAsync(StatusCode.InvalidArgument, "pipelineId", async () => await told.GetFunnelAsync(new GetFunnelRequest { PipelineId = $"{Guid.CreateVersion7()}" }, cancellationToken: Token));

        var funnel = await told.GetFunnelAsync(new GetFunnelRequest(), cancellationToken: Token);
        Assert.Equal(["First", "Third", "Won", "Lost", "Second"], funnel.Stages.Select(stage => stage.Stage.Name));
        Assert.Equal([5, 1, 0, 2, 1], funnel.Stages.Select(stage => stage.ReachedCount));
        // Of the two that are lost, none had come as far as the third stage.
        Assert.Equal([null, .2, 0, 0, null], funnel.Stages.Select(stage => stage.HasConversion ? stage.Conversion : (double?)null));
    }
}
