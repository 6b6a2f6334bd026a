using Platform.Deals.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using static Deals.Tests.PipelinesStandIn;
using static Deals.Tests.Samples;
using Client = Platform.Deals.V1.DealsService.DealsServiceClient;

namespace Deals.Tests.Stages;

/// <summary>Stages and exchange rates together.</summary>
public sealed class ReportedChangeFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private Client Us => new(deals.GrpcFor(_tenant, All));

    [Fact]
    public async Task A_deal_that_is_moved_to_its_end_keeps_its_rate_and_one_that_is_moved_on_follows()
    {
        deals.Rates.Set(_tenant, "USD", "2026-01-01", "1.1");
        var (open, won, lost) = (await CreateAsync(), await CreateAsync(), await CreateAsync());
        open = await MoveAsync(open, 1);
        (won, lost) = (await MoveAsync(won, 3), await MoveAsync(lost, 4));
        Assert.All([open, won, lost], deal => Assert.Equal(Money("110.00"), deal.ReportingAmount));

        await ChangeAsync("1.2");
        Assert.Equal("120.00", (await Us.GetAsync(open.Id)).ReportingAmount.Amount);
        Assert.Equal((won, lost), (await Us.GetAsync(won.Id), await Us.GetAsync(lost.Id)));
    }

    [Fact]
    public async Task A_change_tells_what_the_amount_was_worth_then_and_a_rate_alone_is_none()
    {
        deals.Rates.Set(_tenant, "USD", "2026-01-01", "1.1");
        var deal = await CreateAsync();
        await ChangeAsync("1.2");
        await MoveAsync(deal, 1);
        await Us.UpdateDealAsync(new UpdateDealRequest { Deal = new Deal { Id = deal.Id, LineItems = { Line("1", "50", currency: "USD") } } }, cancellationToken: Token);

        var changes = (await Us.ListDealChangesAsync(new ListDealChangesRequest { DealId = deal.Id }, cancellationToken: Token)).Changes;
        Assert.Equal(
            [("120.00", "60.00"), ("120.00", "120.00"), (null, "110.00")],
            changes.Select(change => (change.FromReportingAmount?.Amount, change.ReportingAmount?.Amount)));
    }

    [Fact]
    public async Task Who_may_not_see_the_amount_is_not_told_what_it_was_worth()
    {
        var seller = new Access.Salesperson(deals, Access.Salesperson.Fields("No amounts", ("amount", FieldAccess.Hidden)));
        var deal = await new Client(deals.GrpcFor(TestTenants.Acme, All)).CreateAsync(Deal(Line()));
        var change = Assert.Single((await seller.Deals.ListDealChangesAsync(new ListDealChangesRequest { DealId = deal.Id }, cancellationToken: Token)).Changes);
        Assert.Null(change.ReportingAmount);
        Assert.DoesNotContain(change.Fields, field => field.Field == "amount");
        Assert.Contains(change.Fields, field => field.Field == "stage_id");
    }

    private async Task<Deal> CreateAsync()
    {
        var deal = Deal(Line(currency: "USD"));
        (deal.Currency, deal.CloseDate) = ("USD", "2026-03-01");
        return await Us.CreateAsync(deal);
    }

    private async Task<Deal> MoveAsync(Deal deal, int stage) =>
        await Us.MoveDealAsync(new MoveDealRequest { Id = deal.Id, StageId = Sales.Stages[stage].Id }, cancellationToken: Token);

    private async Task ChangeAsync(string rate) =>
        Assert.Equal("SUCCESS", await deals.DeliverAsync(_tenant, new ExchangeRatesChanged { Version = deals.Rates.Set(_tenant, "USD", "2026-01-01", rate) }));
}
