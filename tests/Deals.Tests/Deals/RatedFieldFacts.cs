using Platform.CustomFields.V1;
using Platform.Deals.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using static Deals.Tests.Samples;
using Field = Platform.CustomFields.V1.Field;

namespace Deals.Tests.Deals;

/// <summary>Money in custom fields is compared and sorted in the company's currency, by the rate of the deal's business date.</summary>
public sealed class RatedFieldFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    private static readonly Field Budget = new() { Resource = "deals.deal", Key = "budget", Type = FieldType.Money, Label = "Budget" };
    private static readonly Field Half = new() { Resource = "deals.deal", Key = "half", Type = FieldType.Formula, Label = "Half", Formula = "custom_fields.budget / 2", ResultType = FieldType.Money };

    private readonly Guid _tenant = Guid.CreateVersion7();

    private DealsService.DealsServiceClient Us => new(deals.GrpcFor(_tenant, All));

    [Fact]
    public async Task Filters_and_orders_follow_a_rate_that_is_corrected_and_a_closed_deal_keeps_its_own()
    {
        deals.Fields.Set(_tenant, Budget, Half);
        deals.Rates.Set(_tenant, "USD", "2026-01-01", "0.5");
        deals.Rates.Set(_tenant, "USD", "2026-07-01", "9");
        var (dollars, euros, pounds, none) = (await DealAsync("USD", "100"), await DealAsync("EUR", "60"), await DealAsync("GBP", "5000"), await DealAsync("EUR", ""));
        Assert.Equal(["budget", "half"], dollars.CustomFields.Fields.Keys.Order());
        Assert.Equal([euros.Id], await FindAsync("custom_fields.budget > 55"));
        Assert.Equal([dollars.Id], await FindAsync("custom_fields.half = 25"));
        Assert.Equal([dollars.Id, euros.Id], (await FindAsync("", "custom_fields.budget")).Take(2));
        Assert.Equal([dollars.Id], await FindAsync("custom_fields.budget = \"100 USD\""));
        Assert.Equivalent(new[] { dollars.Id, pounds.Id }, await FindAsync("custom_fields.budget.amount > 90"), strict: true);
        Assert.Equal([none.Id], await FindAsync("custom_fields.budget = null"));
        // Without a rate, neither a comparison holds nor its negation.
        Assert.DoesNotContain(pounds.Id, await FindAsync("NOT custom_fields.budget > 55"));

        await CorrectAsync("USD", "0.7");
        Assert.Equal([euros.Id, dollars.Id], (await FindAsync("", "custom_fields.budget")).Take(2));
        await Us.LoseDealAsync(new LoseDealRequest { Id = dollars.Id }, cancellationToken: Token);
        await CorrectAsync("USD", "0.1");
        await CorrectAsync("GBP", "2");
        await Us.FlagDealAsync(new FlagDealRequest { Id = dollars.Id, Code = "LATE", Reason = "Late" }, cancellationToken: Token);
        Assert.Equivalent(new[] { dollars.Id, pounds.Id }, await FindAsync("custom_fields.budget > 65"), strict: true);
        // Of another day, another rate.
        await Us.UpdateDealAsync(new UpdateDealRequest { Deal = new Deal { Id = pounds.Id, CloseDate = "2025-12-31" } }, cancellationToken: Token);
        Assert.Equal([dollars.Id], await FindAsync("custom_fields.budget > 65"));

        Assert.Equal("SUCCESS", await deals.DeliverAsync(_tenant, new ExchangeRatesChanged { Version = deals.Rates.Reckon(_tenant, "USD") }));
        Assert.Equal([dollars.Id], await FindAsync("custom_fields.budget > 0"));
        Assert.Equal([dollars.Id], await FindAsync("custom_fields.budget = 100"));
    }

    [Fact]
    public async Task Amounts_of_a_field_that_was_gone_for_a_while_are_compared_again()
    {
        deals.Fields.Set(_tenant, Budget);
        deals.Rates.Set(_tenant, "USD", "2026-01-01", "0.5");
        var deal = await DealAsync("USD", "100");
        await DefineAsync();
        await Us.UpdateDealAsync(new UpdateDealRequest { Deal = new Deal { Id = deal.Id, Name = "Renamed" } }, cancellationToken: Token);
        await DefineAsync(Budget);
        await Eventually.HoldsAsync(async () => (await FindAsync("custom_fields.budget = 50")).Contains(deal.Id));

        async Task DefineAsync(params Field[] fields) =>
            Assert.Equal("SUCCESS", await deals.DeliverAsync(_tenant, new FieldsChanged { Version = deals.Fields.Set(_tenant, fields), Field = Budget }));
    }

    private async Task<Deal> DealAsync(string currency, string budget)
    {
        var deal = Deal(Line());
        deal.CloseDate = "2026-06-01";
        if (budget.Length > 0)
            deal.CustomFields = Google.Protobuf.WellKnownTypes.Struct.Parser.ParseJson($$$"""{"budget":{"amount":"{{{budget}}}","currency":"{{{currency}}}"}}""");
        return await Us.CreateAsync(deal);
    }

    private async Task CorrectAsync(string currency, string rate) =>
        Assert.Equal("SUCCESS", await deals.DeliverAsync(_tenant, new ExchangeRatesChanged { Version = deals.Rates.Set(_tenant, currency, "2026-01-01", rate) }));

    private async Task<IEnumerable<string>> FindAsync(string filter, string order = "") =>
        (await Us.ListDealsAsync(new ListDealsRequest { Filter = filter, OrderBy = order }, cancellationToken: Token)).Deals.Select(deal => deal.Id);
}
