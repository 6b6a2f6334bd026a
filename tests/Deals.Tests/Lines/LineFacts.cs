using CsCheck;
using Grpc.Core;
using Platform.Deals.V1;
using Platform.Testing;
using Xunit;
using static Deals.Tests.Samples;
using Client = Platform.Deals.V1.DealsService.DealsServiceClient;

namespace Deals.Tests.Lines;

public sealed class LineFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private Client Us => new(deals.GrpcFor(_tenant, All));

    [Fact]
    public async Task A_line_has_a_discount_in_money()
    {
        var line = Line("3", "19.999");
        line.DiscountAmount = Money("9.99");
        var deal = await Us.CreateAsync(Deal(line));
        var made = Assert.Single(deal.LineItems);
        Assert.Equal(("50.01", "50.01", "0", "9.99"), (made.Net.Amount, made.Total.Amount, made.DiscountPercent, made.DiscountAmount.Amount));
        Assert.Equal("50.01", deal.Amount.Amount);
        Assert.Equal(deal, await Us.GetAsync(deal.Id));
    }

    [Fact]
    public async Task Recurring_lines_count_for_their_term_and_say_what_they_bring_a_month_and_a_year()
    {
        var (once, monthly, yearly) = (Line("1", "1000"), Line("1", "99.90"), Line("1", "100"));
        (monthly.Recurrence, monthly.Term) = (Recurrence.Monthly, 12);
        yearly.Recurrence = Recurrence.Yearly;
        var deal = await Us.CreateAsync(Deal(once, monthly, yearly));
        Assert.Equal(["1000.00", "1198.80", "100.00"], deal.LineItems.Select(line => line.Total.Amount));
        Assert.Equal([0, 12, 1], deal.LineItems.Select(line => line.Term));
        Assert.Equal("2298.80", deal.Amount.Amount);
        // 100 / 12 = 8.333…
        Assert.Equal(("1000.00", "108.23", "1298.80"), (deal.OneOffAmount.Amount, deal.MonthlyRecurring.Amount, deal.YearlyRecurring.Amount));
    }

    [Fact]
    public async Task The_amount_follows_the_lines_or_the_estimate()
    {
        var deal = Deal(Line("2", "50"));
        (deal.AmountEstimate, deal.AmountMode) = (Money("70"), AmountMode.Estimate);
        var made = await Us.CreateAsync(deal);
        Assert.Equal(("70.00", AmountMode.Estimate), (made.Amount.Amount, made.AmountMode));
        var lines = await Us.UpdateDealAsync(new UpdateDealRequest { Deal = new Deal { Id = made.Id, AmountMode = AmountMode.Lines } }, cancellationToken: Token);
        Assert.Equal("100.00", lines.Amount.Amount);
        var bare = await Us.UpdateDealAsync(new UpdateDealRequest { Deal = new Deal { Id = made.Id }, UpdateMask = new() { Paths = { "line_items" } } }, cancellationToken: Token);
        Assert.Equal("70.00", bare.Amount.Amount);
    }

    [Fact]
    public async Task Lines_stay_in_their_order_and_keep_their_ids()
    {
        var deal = await Us.CreateAsync(Deal([.. Enumerable.Range(1, 9).Select(i => Line($"{i}"))]));
        var turned = new Deal { Id = deal.Id, LineItems = { deal.LineItems.Reverse() } };
        var updated = await Us.UpdateDealAsync(new UpdateDealRequest { Deal = turned }, cancellationToken: Token);
        Assert.Equal(deal.LineItems.Reverse(), updated.LineItems);
    }

    public static TheoryData<string, Action<LineItem>> Wrong => new()
    {
        { "deal.lineItems[0].discountAmount", line => line.DiscountAmount = Money("1", "USD") },
        { "deal.lineItems[0].discountAmount", line => line.DiscountAmount = Money("100.01") },
        { "deal.lineItems[0].discountAmount", line => line.DiscountAmount = Money("-1") },
        { "deal.lineItems[0].discountAmount", line => (line.DiscountAmount, line.DiscountPercent) = (Money("1"), "1") },
        { "deal.lineItems[0].recurrence", line => line.Recurrence = (Recurrence)9 },
        { "deal.lineItems[0].term", line => line.Term = 12 },
        { "deal.lineItems[0].term", line => (line.Recurrence, line.Term) = (Recurrence.Monthly, 121) },
        { "deal.lineItems[0].term", line => (line.Recurrence, line.Term) = (Recurrence.Monthly, -1) },
        { "deal.lineItems[0].term", line => (line.Quantity, line.UnitPrice, line.Recurrence, line.Term) = ("1", Money("99999999999"), Recurrence.Yearly, 11) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_cannot_be_sold_is_refused(string field, Action<LineItem> spoil)
    {
        var line = Line("2", "50");
        spoil(line);
        await RefusedAsync(StatusCode.InvalidArgument, field, () => Us.CreateAsync(Deal(line)));
    }

    [Fact]
    public void The_sums_are_those_of_the_rounded_lines() => Gen.Select(Gen.Int[1, 99_999], Gen.Int[0, 9_999_999], Gen.Int[1, 36], Gen.Int[1, 3]).List[1, 12].Sample(rows =>
    {
        var lines = rows.Select(row => Platform.Deals.Lines.LineItem.Create(new LineItem
        {
            Quantity = $"{row.Item1 / 100m}",
            UnitPrice = Money($"{row.Item2 / 1000m}"),
            Recurrence = (Recurrence)row.Item4,
            Term = row.Item4 == 1 ? 0 : row.Item3,
        }, [])).ToList();
        var totals = Platform.Deals.Quotes.Totals.Of(lines, QuoteTaxRounding.PerDocument, "EUR");
        var recurring = Platform.Deals.Lines.RecurringTotals.Of(lines, "EUR");
        return lines.TrueForAll(line => Math.Round(line.Net, 2) == line.Net)
            && totals.Net == lines.Sum(line => line.TotalOf())
            && recurring.OneOff + lines.Where(line => line.Recurrence is not null).Sum(line => line.TotalOf()) == totals.Net
            && Math.Abs((recurring.Monthly * 12) - recurring.Yearly) <= 0.06m * lines.Count;
    });
}
