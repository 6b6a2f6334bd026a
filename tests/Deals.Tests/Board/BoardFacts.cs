using Grpc.Core;
using Platform.Deals.V1;
using Platform.Pipelines.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using static Deals.Tests.PipelinesStandIn;
using static Deals.Tests.Samples;
using Client = Platform.Deals.V1.DealsService.DealsServiceClient;

namespace Deals.Tests.Board;

public sealed class BoardFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private Client Us => new(deals.GrpcFor(_tenant, All));

    [Fact]
    public async Task A_board_has_the_stages_of_a_pipeline_side_by_side_with_what_is_in_them()
    {
        deals.Rates.Set(_tenant, "USD", "2026-01-01", "0.333");
        var (first, second) = (await CreateAsync(0), await CreateAsync(0, currency: "USD"));
        await CreateAsync(0, currency: "GBP");
        var third = await CreateAsync(2);
        var elsewhere = Deal(Line());
        elsewhere.PipelineId = Partners.Id;
        await Us.CreateAsync(elsewhere);

        var board = await BoardAsync(new GetDealBoardRequest());
        Assert.Equal((Sales.Id, "Sales"), (board.PipelineId, board.PipelineName));
        Assert.Equal(Sales.Stages, board.Stages.Select(column => column.Stage));
        var (opening, later, end) = (board.Stages[0], board.Stages[2], board.Stages[4]);
        // 100 EUR and 33.30 EUR, half of each; of pounds nothing is known.
        Assert.Equal((3, 1, "133.30", "66.65"), (opening.DealCount, opening.UnconvertedCount, opening.ReportingAmount.Amount, opening.WeightedReportingAmount.Amount));
        Assert.Equal([second, first], opening.Deals.Skip(1));
        Assert.Equal((1, 0, 0, Money("100.00"), Money("80.00")), (later.DealCount, later.UnconvertedCount, later.RottingCount, later.ReportingAmount, later.WeightedReportingAmount));
        Assert.Equal([third], later.Deals);
        Assert.Equal((0, "0.00", ""), (end.DealCount, end.ReportingAmount.Amount, end.NextPageToken));
        Assert.Equal([1, 0, 0, 0], (await BoardAsync(new GetDealBoardRequest { PipelineId = Partners.Id })).Stages.Select(column => column.DealCount));
    }

    [Theory]
    [InlineData("")]
    [InlineData("amount desc")]
    [InlineData("probability, name")]
    public async Task A_column_goes_on_in_the_list_of_deals(string order)
    {
        List<string> inFirst = [], inSecond = [];
        for (var i = 0; i < 7; i++)
        {
            inFirst.Add((await CreateAsync(0, price: $"{i % 3}")).Id);
            inSecond.Add((await CreateAsync(1, price: $"{i}")).Id);
        }

        var all = await Us.ListDealsAsync(new ListDealsRequest { OrderBy = order }, cancellationToken: Token);
        var board = await BoardAsync(new GetDealBoardRequest { PageSize = 3, OrderBy = order, Filter = "name:* OR amount > 0" });
        foreach (var (column, ids) in new[] { (board.Stages[0], inFirst), (board.Stages[1], inSecond) })
        {
            Assert.Equal((7, 3), (column.DealCount, column.Deals.Count));
            var (found, token) = (column.Deals.Select(deal => deal.Id).ToList(), column.NextPageToken);
            while (token.Length > 0)
            {
                var page = await Us.ListDealsAsync(new ListDealsRequest { PageSize = 3, OrderBy = order, Filter = column.Filter, PageToken = token }, cancellationToken: Token);
                found.AddRange(page.Deals.Select(deal => deal.Id));
                token = page.NextPageToken;
            }

            Assert.Equal(all.Deals.Select(deal => deal.Id).Where(ids.Contains), found);
        }
    }

    [Fact]
    public async Task A_filter_narrows_counts_sums_and_deals()
    {
        var (small, large) = (await CreateAsync(0, price: "10"), await CreateAsync(0, price: "900"));
        await Us.WinDealAsync(new WinDealRequest { Id = (await CreateAsync(1)).Id }, cancellationToken: Token);
        await deals.Database.ExecuteAsync($"UPDATE deals SET rotting_since = now() - interval '1 hour' WHERE id = '{large.Id}'");

        var column = (await BoardAsync(new GetDealBoardRequest { Filter = "amount > 100 AND status = DEAL_STATUS_OPEN" })).Stages[0];
        Assert.Equal((1, 1, "900.00", large.Id), (column.DealCount, column.RottingCount, column.ReportingAmount.Amount, Assert.Single(column.Deals).Id));
        Assert.Equal([0, 0, 0, 1, 0], (await BoardAsync(new GetDealBoardRequest { Filter = "status = DEAL_STATUS_WON" })).Stages.Select(stage => stage.DealCount));
        Assert.Equal([small.Id], (await BoardAsync(new GetDealBoardRequest { Filter = "amount < 100 OR amount < 50" })).Stages[0].Deals.Select(deal => deal.Id));
    }

    [Fact]
    public async Task A_board_over_rest_is_that_of_a_pipeline()
    {
        var deal = await CreateAsync(1);
        using var rest = deals.RestFor(_tenant, All);
        var board = DealBoard.Parser.ParseJson(await rest.GetStringAsync(
            new Uri($"/api/v1/deals:board?pipelineId={Sales.Id}&pageSize=5&filter={Uri.EscapeDataString("amount >= 1")}", UriKind.Relative), Token));
        Assert.Equal(deal.Id, Assert.Single(board.Stages[1].Deals).Id);
    }

    [Fact]
    public async Task Who_sees_only_their_own_deals_has_only_these_counted()
    {
        var own = new Access.Salesperson(deals, Access.Salesperson.Rows("Own deals", PolicyEffect.Allow, "owner_id = user.id", "read", "update"));
        await new Client(deals.GrpcFor(TestTenants.Acme, All)).CreateAsync(Deal(Line()));
        var deal = await own.Deals.CreateAsync(Deal(Line("1", "7")));
        var column = (await own.Deals.GetDealBoardAsync(new GetDealBoardRequest(), cancellationToken: Token)).Stages[0];
        Assert.Equal((1, "7.00", deal.Id), (column.DealCount, column.ReportingAmount.Amount, Assert.Single(column.Deals).Id));
    }

    [Fact]
    public async Task No_sum_is_told_of_what_somebody_may_not_see()
    {
        await new Client(deals.GrpcFor(TestTenants.Acme, All)).CreateAsync(Deal(Line()));
        var blind = await OfAsync(("amount", FieldAccess.Hidden), ("rotting_since", FieldAccess.Masked));
        Assert.True(blind.DealCount > 0 && blind is { ReportingAmount: null, WeightedReportingAmount: null, HasUnconvertedCount: false, HasRottingCount: false });
        Assert.All(blind.Deals, deal => Assert.True(deal is { Amount: null, ReportingAmount: null }));
        var unsure = await OfAsync(("probability", FieldAccess.Hidden));
        Assert.True(unsure is { ReportingAmount: not null, WeightedReportingAmount: null });

        async Task<DealBoardStage> OfAsync(params (string Path, FieldAccess Access)[] rules) =>
            (await new Access.Salesperson(deals, Access.Salesperson.Fields("Some fields", rules)).Deals.GetDealBoardAsync(new GetDealBoardRequest(), cancellationToken: Token)).Stages[0];
    }

    [Fact]
    public async Task What_somebody_may_not_see_arranges_and_narrows_no_board()
    {
        var blind = new Access.Salesperson(deals, Access.Salesperson.Fields("No amounts", ("amount", FieldAccess.Hidden)));
        foreach (var request in new[] { new GetDealBoardRequest { Filter = "amount > 1" }, new GetDealBoardRequest { OrderBy = "amount" } })
            await RefusedAsync(StatusCode.PermissionDenied, "FIELD_NOT_READABLE", async () => await blind.Deals.GetDealBoardAsync(request, cancellationToken: Token));
        var lost = new Access.Salesperson(deals, Access.Salesperson.Fields("No stages", ("stage_id", FieldAccess.Hidden)));
        await RefusedAsync(StatusCode.PermissionDenied, "FIELD_NOT_READABLE", async () => await lost.Deals.GetDealBoardAsync(new GetDealBoardRequest(), cancellationToken: Token));
    }

    [Fact]
    public async Task What_is_wrong_with_a_request_is_said()
    {
        await RefusedAsync(StatusCode.InvalidArgument, "pipelineId", () => BoardAsync(new GetDealBoardRequest { PipelineId = $"{Guid.CreateVersion7()}" }));
        await RefusedAsync(StatusCode.InvalidArgument, "pageSize", () => BoardAsync(new GetDealBoardRequest { PageSize = 101 }));
        await RefusedAsync(StatusCode.InvalidArgument, "timeZone", () => BoardAsync(new GetDealBoardRequest { TimeZone = "Nowhere" }));
        await RefusedAsync(StatusCode.InvalidArgument, "INVALID_FILTER", () => BoardAsync(new GetDealBoardRequest { Filter = "amount > 1) OR (amount < 2" }));
        await RefusedAsync(StatusCode.InvalidArgument, "INVALID_ORDER_BY", () => BoardAsync(new GetDealBoardRequest { OrderBy = "stage_id" }));
    }

    [Fact]
    public async Task Another_company_has_an_empty_board()
    {
        await CreateAsync(0);
        var others = await new Client(deals.GrpcFor(Guid.CreateVersion7(), All)).GetDealBoardAsync(new GetDealBoardRequest(), cancellationToken: Token);
        Assert.All(others.Stages, column => Assert.Equal((0, 0), (column.DealCount, column.Deals.Count)));
    }

    private Task<Deal> CreateAsync(int stage, string price = "50", string currency = "EUR")
    {
        var deal = Deal(Line(price == "50" ? "2" : "1", price, currency: currency));
        (deal.Currency, deal.CloseDate, deal.StageId) = (currency, "2026-03-01", Sales.Stages[stage].Id);
        return Us.CreateAsync(deal);
    }

    private Task<DealBoard> BoardAsync(GetDealBoardRequest request) => Us.GetDealBoardAsync(request, cancellationToken: Token).ResponseAsync;
}
