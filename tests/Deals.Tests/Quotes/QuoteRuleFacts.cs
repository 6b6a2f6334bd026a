using Deals.Tests.Access;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Deals.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using static Deals.Tests.Samples;
using Client = Platform.Deals.V1.QuotesService.QuotesServiceClient;
using DealsClient = Platform.Deals.V1.DealsService.DealsServiceClient;

namespace Deals.Tests.Quotes;

/// <summary>What holds between a deal and its quotes, whoever asks and whatever they may see.</summary>
public sealed class QuoteRuleFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    private Client Us => new(deals.GrpcFor(TestTenants.Acme, All));

    private DealsClient Deals => new(deals.GrpcFor(TestTenants.Acme, All));

    [Fact]
    public async Task A_deal_keeps_its_currency_while_a_quote_of_it_is_open_or_accepted()
    {
        var deal = await Deals.CreateAsync(Deal());
        var draft = await Us.CreateAsync(new Quote { DealId = deal.Id, LineItems = { Line() }, WinsDeal = false });
        await RefusedAsync(StatusCode.FailedPrecondition, "DEAL_CURRENCY_QUOTED", () => ChangeCurrencyAsync(deal));
        await RefusedAsync(StatusCode.FailedPrecondition, "deal.currency", () => ChangeCurrencyAsync(deal));
        await Us.DeleteQuoteAsync(new DeleteQuoteRequest { Id = draft.Id }, cancellationToken: Token);
        Assert.Equal("USD", (await ChangeCurrencyAsync(deal)).Currency);
        deal = await Deals.CreateAsync(Deal());
        var sent = await SentAsync(deal);
        await RefusedAsync(StatusCode.FailedPrecondition, "DEAL_CURRENCY_QUOTED", () => ChangeCurrencyAsync(deal));
        await Us.AcceptAsync(sent.Id);
        await RefusedAsync(StatusCode.FailedPrecondition, "DEAL_CURRENCY_QUOTED", () => ChangeCurrencyAsync(deal));
        Assert.Equal(("EUR", "Renamed"), (await Deals.UpdateDealAsync(new UpdateDealRequest { Deal = new Deal { Id = deal.Id, Name = "Renamed" } }, cancellationToken: Token)) is var kept ? (kept.Currency, kept.Name) : default);
    }

    [Fact]
    public async Task A_quote_in_another_currency_than_its_deal_is_neither_revised_nor_sent_nor_wins_it()
    {
        var deal = await Deals.CreateAsync(Deal());
        var declined = await SentAsync(deal);
        await Us.DeclineQuoteAsync(new DeclineQuoteRequest { Id = declined.Id, SignerName = "Ann" }, cancellationToken: Token);
        await ChangeCurrencyAsync(deal);
        await RefusedAsync(StatusCode.FailedPrecondition, "QUOTE_CURRENCY", () => Us.ReviseAsync(declined.Id));

        // As they are where the deal was changed while nothing kept that from happening.
        deal = await Deals.CreateAsync(Deal());
        var sent = await SentAsync(deal, winsDeal: true);
        var draft = await Us.CreateAsync(new Quote { DealId = deal.Id, LineItems = { Line() } });
        await deals.Database.ExecuteAsync($"UPDATE deals SET currency = 'USD' WHERE id = '{deal.Id}'");
        await RefusedAsync(StatusCode.FailedPrecondition, "QUOTE_CURRENCY", () => Us.SendAsync(draft.Id));
        await RefusedAsync(StatusCode.FailedPrecondition, "QUOTE_CURRENCY", () => Us.AcceptAsync(sent.Id));
        Assert.Equal((DealStatus.Open, "0.00"), (await Deals.GetAsync(deal.Id)) is var open ? (open.Status, open.Amount.Amount) : default);
    }

    [Fact]
    public async Task One_quote_of_a_deal_is_accepted_also_where_the_caller_does_not_see_it()
    {
        var deal = await Deals.CreateAsync(Deal());
        var sam = Seller("owner_id = user.id");
        var theirs = await SentAsync(deal);
        var own = await sam.CreateAsync(new Quote { DealId = deal.Id, LineItems = { Line() }, WinsDeal = false });
        await sam.SendAsync(own.Id);
        await Us.AcceptAsync(theirs.Id);
        await RefusedAsync(StatusCode.NotFound, "NOT_FOUND", () => sam.GetAsync(theirs.Id));
        await RefusedAsync(StatusCode.FailedPrecondition, "DEAL_QUOTE_ACCEPTED", () => sam.AcceptAsync(own.Id));
    }

    [Fact]
    public async Task A_revision_takes_the_place_of_the_one_before_also_where_its_sender_does_not_see_that()
    {
        var deal = await Deals.CreateAsync(Deal());
        var first = await SentAsync(deal);
        var second = await Us.ReviseAsync(first.Id);
        var sam = Seller("revision > 1");
        await RefusedAsync(StatusCode.NotFound, "NOT_FOUND", () => sam.GetAsync(first.Id));
        await sam.SendAsync(second.Id);
        Assert.Equal(QuoteStatus.Superseded, (await Us.GetAsync(first.Id)).Status);
        Assert.Equal(1, await deals.PublishedAsync(first.Id, nameof(QuoteSuperseded)));
        await RefusedAsync(StatusCode.FailedPrecondition, "QUOTE_SUPERSEDED", () => Us.AcceptAsync(first.Id));
    }

    [Fact]
    public async Task Who_does_not_see_the_customer_of_a_deal_does_not_see_it_in_its_quotes()
    {
        var deal = await Deals.CreateAsync(Deal(Line()));
        var quote = await Us.CreateAsync(new Quote { DealId = deal.Id });
        var sam = new Client(new Salesperson(deals, Salesperson.Fields("No customers", ("company_id", FieldAccess.Masked), ("person_id", FieldAccess.Hidden))).Invoker);
        Assert.Equal(("••••••" + deal.CompanyId[^2..], ""), (await sam.GetAsync(quote.Id)) is var seen ? (seen.CompanyId, seen.PersonId) : default);
        await RefusedAsync(StatusCode.PermissionDenied, "FIELD_NOT_READABLE", () => sam.ListQuotesAsync(new ListQuotesRequest { Filter = $"company_id = \"{deal.CompanyId}\"" }, cancellationToken: Token).ResponseAsync);
        Assert.Null((await sam.CreateAsync(new Quote { DealId = deal.Id })).Buyer?.Name is { Length: > 0 } named ? named : null);
        // A rule of quotes themselves is the nearer one.
        var lifted = Salesperson.Fields("Of quotes they are", ("company_id", FieldAccess.Full));
        lifted.Resource = "deals.quote";
        var ann = new Client(new Salesperson(deals, Salesperson.Fields("No customers", ("company_id", FieldAccess.Hidden)), lifted).Invoker);
        Assert.Equal(deal.CompanyId, (await ann.GetAsync(quote.Id)).CompanyId);
    }

    [Fact]
    public async Task How_tax_is_rounded_is_said_when_a_quote_is_made_and_not_later()
    {
        var deal = await Deals.CreateAsync(Deal(Line()));
        var quote = await Us.CreateAsync(new Quote { DealId = deal.Id, TaxRounding = QuoteTaxRounding.PerLine });
        await RefusedAsync(StatusCode.InvalidArgument, "quote.taxRounding", () => UpdateAsync(new Quote { Id = quote.Id, TaxRounding = QuoteTaxRounding.PerDocument }));
        await RefusedAsync(StatusCode.InvalidArgument, "quote.taxRounding", () => UpdateAsync(new Quote { Id = quote.Id, TaxRounding = QuoteTaxRounding.PerDocument }, "tax_rounding"));
        Assert.Equal(("Cash", QuoteTaxRounding.PerLine), (await UpdateAsync(new Quote { Id = quote.Id, Terms = "Cash", TaxRounding = QuoteTaxRounding.PerLine })) is var same ? (same.Terms, same.TaxRounding) : default);
    }

    [Theory]
    [InlineData("Pacific/Kiritimati")]
    [InlineData("Pacific/Niue")]
    public async Task Days_are_counted_where_the_quote_ends(string zone)
    {
        var deal = await Deals.CreateAsync(Deal(Line()));
        var before = Today(zone);
        var quote = await Us.CreateAsync(new Quote { DealId = deal.Id, TimeZone = zone });
        Assert.InRange(DateOnly.Parse(quote.ExpireDate, System.Globalization.CultureInfo.InvariantCulture), before.AddDays(30), Today(zone).AddDays(30));
    }

    private static DateOnly Today(string zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime);

    private Client Seller(string sees)
    {
        var policy = Salesperson.Rows("Some quotes", PolicyEffect.Allow, sees, "read", "update");
        policy.Resource = "deals.quote";
        return new Client(new Salesperson(deals, policy).Invoker);
    }

    private async Task<Quote> SentAsync(Deal deal, bool winsDeal = false) =>
        (await Us.SendAsync((await Us.CreateAsync(new Quote { DealId = deal.Id, LineItems = { Line() }, WinsDeal = winsDeal })).Id)).Quote;

    private Task<Deal> ChangeCurrencyAsync(Deal deal) =>
        Deals.UpdateDealAsync(new UpdateDealRequest { Deal = new Deal { Id = deal.Id, Currency = "USD" }, UpdateMask = new FieldMask { Paths = { "currency" } } }, cancellationToken: Token).ResponseAsync;

    private Task<Quote> UpdateAsync(Quote quote, params string[] mask) =>
        Us.UpdateQuoteAsync(new UpdateQuoteRequest { Quote = quote, UpdateMask = mask.Length == 0 ? null : new FieldMask { Paths = { mask } } }, cancellationToken: Token).ResponseAsync;
}
