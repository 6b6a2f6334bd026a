using Platform.Deals.V1;
using Platform.Pipelines.V1;
using Xunit;
using static Deals.Tests.Samples;
using Client = Platform.Deals.V1.DealsService.DealsServiceClient;

namespace Deals.Tests.Board;

/// <summary>Has a fixture of its own, because it says what pipelines there are.</summary>
public sealed class ArchivedStageFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    [Fact]
    public async Task An_archived_stage_is_on_the_board_while_deals_are_in_it()
    {
        var us = new Client(deals.GrpcFor(Guid.CreateVersion7(), All));
        var stays = Deal();
        stays.StageId = PipelinesStandIn.Sales.Stages[1].Id;
        await us.CreateAsync(stays);
        var changed = PipelinesStandIn.Sales.Clone();
        (changed.Stages[1].Archived, changed.Stages[2].Archived) = (true, true);
        deals.Pipelines.Answer = () => new PipelineBook { Pipelines = { changed, PipelinesStandIn.Partners } };
        // A pipeline that was not known yet is asked for, and with it the changed one comes.
        await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => us.GetDealBoardAsync(new GetDealBoardRequest { PipelineId = $"{Guid.CreateVersion7()}" }, cancellationToken: Token).ResponseAsync);
        var board = await us.GetDealBoardAsync(new GetDealBoardRequest(), cancellationToken: Token);
        Assert.Equal(["First", "Second", "Won", "Lost"], board.Stages.Select(column => column.Stage.Name));
    }
}
