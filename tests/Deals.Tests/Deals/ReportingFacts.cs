using Grpc.Core;
using Platform.Deals.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Deals.Tests.Deals;

public sealed class ReportingFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private DealsService.DealsServiceClient Client => new(deals.GrpcFor(_tenant, Samples.All));

    [Theory]
    [InlineData("2026-01-31", "110.00")]
    [InlineData("2026-02-01", "120.00")]
    [InlineData("2026-12-31", "120.00")]
    [InlineData("2025-12-31", null)]
    public async Task A_deal_is_reported_by_the_rate_of_its_close_date(string closeDate, string? expected)
    {
        deals.Rates.Set(_tenant, "USD", "2026-01-01", "1.1");
        deals.Rates.Set(_tenant, "USD", "2026-02-01", "1.2");
        var deal = await CreateAsync("USD", closeDate);
        Assert.Equal(expected is null ? null : Samples.Money(expected), deal.ReportingAmount);
        Assert.Equal(deal, await Client.GetAsync(deal.Id));

        deal.CloseDate = "2026-01-15";
        Assert.Equal("110.00", (await Client.UpdateDealAsync(new UpdateDealRequest { Deal = deal }, cancellationToken: Samples.Token)).ReportingAmount.Amount);
    }

    [Fact]
    public async Task A_deal_in_the_companys_own_currency_needs_no_rate()
    {
        var deal = await CreateAsync("EUR", "2026-01-15");
        Assert.Equal((Samples.Money("100.00"), "1"), (deal.ReportingAmount, deal.ReportingRate));
    }

    [Fact]
    public async Task An_amount_is_rounded_once_to_the_decimals_of_the_companys_currency()
    {
        deals.Rates.Reckon(_tenant, "JPY");
        deals.Rates.Set(_tenant, "EUR", "2026-01-01", "163.005");
        Assert.Equal(Samples.Money("16301", "JPY"), (await CreateAsync("EUR", "2026-01-15")).ReportingAmount);
    }

    [Fact]
    public async Task Closed_deals_keep_their_rate_and_open_ones_follow()
    {
        deals.Rates.Set(_tenant, "USD", "2026-01-01", "1.1");
        var (open, won, lost) = (await CreateAsync("USD", "2026-03-01"), await CreateAsync("USD", "2026-03-01"), await CreateAsync("USD", "2026-03-01"));
        won = await Client.WinDealAsync(new WinDealRequest { Id = won.Id }, cancellationToken: Samples.Token);
        lost = await Client.LoseDealAsync(new LoseDealRequest { Id = lost.Id, Reason = "Price" }, cancellationToken: Samples.Token);
        Assert.Equal(("110.00", "110.00"), (won.ReportingAmount.Amount, lost.ReportingAmount.Amount));

        await ChangeAsync("USD", "2026-02-01", "1.3");
        Assert.Equal("130.00", (await Client.GetAsync(open.Id)).ReportingAmount.Amount);
        Assert.Equal((won, lost), (await Client.GetAsync(won.Id), await Client.GetAsync(lost.Id)));

        await ChangeAsync("USD", "2026-02-01", "");
        Assert.Equal("110.00", (await Client.GetAsync(open.Id)).ReportingAmount.Amount);
        await ChangeAsync("USD", "2026-01-01", "");
        Assert.Null((await Client.GetAsync(open.Id)).ReportingAmount);
        Assert.Equal((won, lost), (await Client.GetAsync(won.Id), await Client.GetAsync(lost.Id)));
    }

    [Fact]
    public async Task A_deal_that_is_closed_before_a_rate_is_known_gets_the_first_one()
    {
        var deal = await CreateAsync("USD", "2026-03-01");
        deal = await Client.WinDealAsync(new WinDealRequest { Id = deal.Id }, cancellationToken: Samples.Token);
        Assert.Null(deal.ReportingAmount);

        await ChangeAsync("USD", "2026-01-01", "1.1");
        await ChangeAsync("USD", "2026-01-01", "1.2");
        Assert.Equal("110.00", (await Client.GetAsync(deal.Id)).ReportingAmount.Amount);
    }

    [Fact]
    public async Task Another_currency_of_the_company_converts_everything_anew()
    {
        deals.Rates.Set(_tenant, "USD", "2026-01-01", "1.1");
        var (open, won) = (await CreateAsync("USD", "2026-03-01"), await CreateAsync("EUR", "2026-03-01"));
        await Client.WinDealAsync(new WinDealRequest { Id = won.Id }, cancellationToken: Samples.Token);

        deals.Rates.Reckon(_tenant, "USD");
        await ChangeAsync("EUR", "2026-01-01", "0.9");
        Assert.Equal(Samples.Money("100.00", "USD"), (await Client.GetAsync(open.Id)).ReportingAmount);
        Assert.Equal(Samples.Money("90.00", "USD"), (await Client.GetAsync(won.Id)).ReportingAmount);
    }

    [Fact]
    public async Task What_is_written_while_a_rate_changes_has_the_new_one_in_the_end()
    {
        deals.Rates.Set(_tenant, "USD", "2026-01-01", "1");
        await CreateAsync("USD", "2026-03-01");
        var writing = Enumerable.Range(0, 24).Select(_ => CreateAsync("USD", "2026-03-01")).ToList();
        for (var rate = 2; rate <= 5; rate++)
            await ChangeAsync("USD", "2026-01-01", $"{rate}");
        await Task.WhenAll(writing);
        var listed = await Client.ListDealsAsync(new ListDealsRequest { PageSize = 200 }, cancellationToken: Samples.Token);
        Assert.Equal(25, listed.Deals.Count);
        Assert.All(listed.Deals, deal => Assert.Equal("500.00", deal.ReportingAmount.Amount));
    }

    [Fact]
    public async Task An_event_that_comes_twice_or_late_changes_nothing()
    {
        var old = deals.Rates.Set(_tenant, "USD", "2026-01-01", "1.1");
        var deal = await CreateAsync("USD", "2026-03-01");
        await ChangeAsync("USD", "2026-01-01", "1.2");
        Assert.Equal("SUCCESS", await deals.DeliverAsync(_tenant, new ExchangeRatesChanged { Version = old }));
        Assert.Equal("120.00", (await Client.GetAsync(deal.Id)).ReportingAmount.Amount);
    }

    [Fact]
    public async Task Who_may_not_see_the_amount_does_not_see_it_in_another_currency()
    {
        var seller = new Access.Salesperson(deals, Access.Salesperson.Fields("No amounts", ("amount", FieldAccess.Hidden)));
        var deal = await new DealsService.DealsServiceClient(deals.GrpcFor(TestTenants.Acme, Samples.All)).CreateAsync(Samples.Deal(Samples.Line()));
        Assert.Equal("100.00", deal.ReportingAmount.Amount);
        var told = await seller.Deals.GetAsync(deal.Id);
        Assert.Equal((null, null), (told.ReportingAmount, told.ExpectedRevenue));
    }

    [Fact]
    public async Task Who_may_not_see_the_currency_does_not_sort_by_converted_money()
    {
        var seller = new Access.Salesperson(deals, Access.Salesperson.Fields("No currencies", ("currency", FieldAccess.Hidden)));
        foreach (var order in (string[])["amount desc", "name, amount_estimate"])
            await Samples.RefusedAsync(StatusCode.PermissionDenied, "FIELD_NOT_READABLE", async () => await seller.Deals.ListDealsAsync(new ListDealsRequest { OrderBy = order }, cancellationToken: Samples.Token));
        Assert.NotNull(await seller.Deals.ListDealsAsync(new ListDealsRequest { OrderBy = "name" }, cancellationToken: Samples.Token));
    }

    [Fact]
    public async Task Rates_of_another_company_convert_nothing()
    {
        deals.Rates.Set(Guid.CreateVersion7(), "USD", "2026-01-01", "1.1");
        Assert.Null((await CreateAsync("USD", "2026-03-01")).ReportingAmount);
    }

    [Theory]
    [InlineData("amount >= 100", "EUR")]
    [InlineData("NOT amount >= 100", "USD")]
    [InlineData("amount = 50", "USD")]
    [InlineData("amount != 50", "EUR")]
    [InlineData("amount > 0", "EUR USD")]
    [InlineData("amount.amount = 100", "EUR GBP USD")]
    [InlineData("amount >= \"100 GBP\"", "GBP")]
    [InlineData("amount:*", "EUR GBP USD")]
    [InlineData("amount >= 100 OR currency = \"GBP\"", "EUR GBP")]
    public async Task Amounts_are_compared_in_the_companys_currency_and_unknown_without_a_rate(string filter, string expected)
    {
        deals.Rates.Set(_tenant, "USD", "2026-01-01", "0.5");
        foreach (var currency in new[] { "EUR", "USD", "GBP" })
            await CreateAsync(currency, "2026-03-01");
        var found = await Client.ListDealsAsync(new ListDealsRequest { Filter = filter }, cancellationToken: Samples.Token);
        Assert.Equal(expected, string.Join(' ', found.Deals.Select(deal => deal.Currency).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Deals_are_sorted_by_what_they_are_worth_with_pages_and_without()
    {
        deals.Rates.Set(_tenant, "USD", "2026-01-01", "0.5");
        deals.Rates.Set(_tenant, "CHF", "2026-01-01", "1.07");
        foreach (var currency in new[] { "GBP", "EUR", "USD", "CHF" })
            await CreateAsync(currency, "2026-03-01");
        var (found, token) = (new List<string>(), "");
        do
        {
            var page = await Client.ListDealsAsync(new ListDealsRequest { OrderBy = "amount", PageSize = 1, PageToken = token }, cancellationToken: Samples.Token);
            found.AddRange(page.Deals.Select(deal => deal.Currency));
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        Assert.Equal(["USD", "EUR", "CHF", "GBP"], found);
    }

    private Task<Deal> CreateAsync(string currency, string closeDate)
    {
        var deal = Samples.Deal(Samples.Line(currency: currency));
        (deal.Currency, deal.CloseDate) = (currency, closeDate);
        return Client.CreateAsync(deal);
    }

    private async Task ChangeAsync(string currency, string validFrom, string rate)
    {
        var version = deals.Rates.Set(_tenant, currency, validFrom, rate);
        Assert.Equal("SUCCESS", await deals.DeliverAsync(_tenant, new ExchangeRatesChanged { Version = version }));
    }
}
