using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Grpc.Core;
using Npgsql;
using Platform.Deals.V1;
using Platform.Testing;
using Xunit;
using static Deals.Tests.Samples;
using Client = Platform.Deals.V1.QuotesService.QuotesServiceClient;
using DealsClient = Platform.Deals.V1.DealsService.DealsServiceClient;

namespace Deals.Tests.Quotes;

public sealed class QuoteFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private Client Us => new(deals.GrpcFor(_tenant, All));

    private DealsClient Deals => new(deals.GrpcFor(_tenant, All));

    [Fact]
    public async Task A_quote_takes_from_its_deal_what_is_not_said()
    {
        var deal = await Deals.CreateAsync(Deal(Line("2", "50"), Line("1", "9.99", "7")));
        var quote = await Us.CreateAsync(new Quote { DealId = deal.Id, Terms = "Net 14 days" });
        Assert.Equal((QuoteStatus.Draft, "", 1, deal.Name, deal.CompanyId, "EUR"), (quote.Status, quote.Number, quote.Revision, quote.Name, quote.CompanyId, quote.Currency));
        Assert.Equal(("Known", true, "en", "UTC"), (quote.Buyer.Name, quote.WinsDeal, quote.Language, quote.TimeZone));
        Assert.Equal(["7 9.99 0.70", "19 100.00 19.00"], quote.TaxSubtotals.Select(tax => $"{tax.Rate} {tax.Taxable.Amount} {tax.Tax.Amount}"));
        Assert.Equal(("109.99", "19.70", "129.69"), (quote.NetTotal.Amount, quote.TaxTotal.Amount, quote.Total.Amount));
        Assert.Equal(quote, await Us.GetAsync(quote.Id));
        Assert.Equal(1, await deals.PublishedAsync(quote.Id, nameof(QuoteCreated)));
    }

    [Fact]
    public async Task Tax_is_rounded_once_a_rate_or_once_a_line()
    {
        var deal = await Deals.CreateAsync(Deal(Line("1", "0.03"), Line("1", "0.03")));
        Assert.Equal("0.01", (await Us.CreateAsync(new Quote { DealId = deal.Id })).TaxTotal.Amount);
        Assert.Equal("0.02", (await Us.CreateAsync(new Quote { DealId = deal.Id, TaxRounding = QuoteTaxRounding.PerLine })).TaxTotal.Amount);
    }

    [Fact]
    public async Task Quotes_are_numbered_without_gaps_when_they_are_sent()
    {
        var deal = await Deals.CreateAsync(Deal(Line()));
        var drafts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Us.CreateAsync(new Quote { DealId = deal.Id })));
        var empty = await Us.CreateAsync(new Quote { DealId = (await Deals.CreateAsync(Deal())).Id });
        await RefusedAsync(StatusCode.FailedPrecondition, "QUOTE_WITHOUT_LINES", () => Us.SendAsync(empty.Id));
        var sent = await Task.WhenAll(drafts.Select(draft => Us.SendAsync(draft.Id)));
        var year = sent[0].Quote.Number[2..6];
        Assert.Equal(Enumerable.Range(1, 8).Select(i => $"Q-{year}-{i:D6}"), sent.Select(one => one.Quote.Number).Order());
        Assert.All(sent, one => Assert.Equal((QuoteStatus.Sent, "Seller & Söhne GmbH", 64), (one.Quote.Status, one.Quote.Seller.Name, one.Quote.ContentHash.Length)));
        Assert.Equal(8, sent.Select(one => one.Link).Distinct().Count());
    }

    [Fact]
    public async Task What_was_sent_stays_as_it_is()
    {
        var sent = (await SentAsync()).Quote;
        await RefusedAsync(StatusCode.FailedPrecondition, "QUOTE_SENT", () => Us.UpdateQuoteAsync(new UpdateQuoteRequest { Quote = new Quote { Id = sent.Id, Terms = "Other" } }, cancellationToken: Token).ResponseAsync);
        await RefusedAsync(StatusCode.FailedPrecondition, "QUOTE_SENT", () => Us.DeleteQuoteAsync(new DeleteQuoteRequest { Id = sent.Id }, cancellationToken: Token).ResponseAsync);
        await RefusedAsync(StatusCode.FailedPrecondition, "QUOTE_SENT", () => Us.SendAsync(sent.Id));
        foreach (var change in (string[])["terms = 'Other'", "total = total + 1, net_total = net_total + 1", "number = 'Q-1'", "status = 'Draft'"])
            await Assert.ThrowsAsync<PostgresException>(() => deals.Database.ExecuteAsync($"UPDATE quotes SET {change} WHERE id = '{sent.Id}'"));
        await Assert.ThrowsAsync<PostgresException>(() => deals.Database.ExecuteAsync($"DELETE FROM quotes WHERE id = '{sent.Id}'"));
        await RefusedAsync(StatusCode.FailedPrecondition, "DEAL_HAS_QUOTES", () => Deals.DeleteDealAsync(new DeleteDealRequest { Id = sent.DealId }, cancellationToken: Token).ResponseAsync);
    }

    [Fact]
    public async Task A_draft_is_changed_and_deleted_by_who_saw_it_last()
    {
        var deal = await Deals.CreateAsync(Deal(Line()));
        var quote = await Us.CreateAsync(new Quote { DealId = deal.Id });
        var changed = await Us.UpdateQuoteAsync(new UpdateQuoteRequest { Quote = new Quote { Id = quote.Id, Etag = quote.Etag, Terms = "Cash", LineItems = { Line("1", "10") }, WinsDeal = false } }, cancellationToken: Token);
        Assert.Equal(("Cash", "11.90", false), (changed.Terms, changed.Total.Amount, changed.WinsDeal));
        await RefusedAsync(StatusCode.Aborted, "STALE_ETAG", () => Us.UpdateQuoteAsync(new UpdateQuoteRequest { Quote = new Quote { Id = quote.Id, Etag = quote.Etag, Terms = "" } }, cancellationToken: Token).ResponseAsync);
        await RefusedAsync(StatusCode.InvalidArgument, "quote.lineItems[0]", () => Us.CreateAsync(new Quote { DealId = deal.Id, LineItems = { Line(currency: "USD") } }));
        await Us.DeleteQuoteAsync(new DeleteQuoteRequest { Id = quote.Id, Etag = changed.Etag }, cancellationToken: Token);
        await RefusedAsync(StatusCode.NotFound, "NOT_FOUND", () => Us.GetAsync(quote.Id));
    }

    [Fact]
    public async Task A_revision_has_the_number_of_the_first_and_takes_its_place_when_it_is_sent()
    {
        var first = (await SentAsync()).Quote;
        var second = await Us.ReviseAsync(first.Id);
        Assert.Equal((QuoteStatus.Draft, first.Number, 2, first.Id, first.Total), (second.Status, second.Number, second.Revision, second.PreviousId, second.Total));
        await RefusedAsync(StatusCode.AlreadyExists, "QUOTE_REVISED", () => Us.ReviseAsync(first.Id));
        Assert.Equal(QuoteStatus.Sent, (await Us.GetAsync(first.Id)).Status);
        var sent = (await Us.SendAsync(second.Id)).Quote;
        Assert.Equal((first.Number, QuoteStatus.Sent), (sent.Number, sent.Status));
        Assert.Equal(QuoteStatus.Superseded, (await Us.GetAsync(first.Id)).Status);
        Assert.Equal(1, await deals.PublishedAsync(first.Id, nameof(QuoteSuperseded)));
        await RefusedAsync(StatusCode.FailedPrecondition, "QUOTE_SUPERSEDED", () => Us.AcceptAsync(first.Id));
    }

    [Fact]
    public async Task An_accepted_quote_wins_its_deal_with_what_it_offers()
    {
        var deal = await Deals.CreateAsync(Deal(Line("2", "50")));
        var quote = await Us.CreateAsync(new Quote { DealId = deal.Id, LineItems = { Line("1", "80") } });
        var other = await Us.CreateAsync(new Quote { DealId = deal.Id });
        await Us.SendAsync(quote.Id);
        await Us.SendAsync(other.Id);
        await RefusedAsync(StatusCode.FailedPrecondition, "QUOTE_NOT_SENT", async () => await Us.AcceptAsync((await Us.CreateAsync(new Quote { DealId = deal.Id })).Id));
        var accepted = await Us.AcceptAsync(quote.Id);
        Assert.Equal((QuoteStatus.Accepted, "Ann Buyer", ""), (accepted.Status, accepted.Answer.SignerName, accepted.Answer.ClientAddress));
        Assert.Equal(accepted.ContentHash, accepted.Answer.ContentHash);
        Assert.NotEmpty(accepted.Answer.RecordedBy);
        Assert.Equal(accepted, await Us.AcceptAsync(quote.Id));
        var won = await Deals.GetAsync(deal.Id);
        Assert.Equal((DealStatus.Won, "80.00", PipelinesStandIn.Sales.Stages[3].Id), (won.Status, won.Amount.Amount, won.StageId));
        Assert.Equal((1, 1), (await deals.PublishedAsync(deal.Id, nameof(DealWon)), await deals.PublishedAsync(quote.Id, nameof(QuoteAccepted))));
        await RefusedAsync(StatusCode.FailedPrecondition, "DEAL_QUOTE_ACCEPTED", () => Us.AcceptAsync(other.Id));
    }

    [Fact]
    public async Task A_quote_may_be_accepted_without_winning_its_deal()
    {
        var deal = await Deals.CreateAsync(Deal(Line()));
        var quote = await Us.CreateAsync(new Quote { DealId = deal.Id, WinsDeal = false });
        await Us.SendAsync(quote.Id);
        Assert.Equal(QuoteStatus.Accepted, (await Us.AcceptAsync(quote.Id)).Status);
        Assert.Equal(DealStatus.Open, (await Deals.GetAsync(deal.Id)).Status);
    }

    [Fact]
    public async Task A_quote_whose_last_day_is_over_expires()
    {
        var sent = (await SentAsync()).Quote;
        // As if days had passed: what was sent changes for nobody else.
        await deals.Database.ExecuteAsync($"""
            SET session_replication_role = replica;
            UPDATE quotes SET expire_time = now() - interval '1 day' WHERE id = '{sent.Id}';
            UPDATE quote_expiries SET due_time = now() - interval '1 day' WHERE quote_id = '{sent.Id}';
            """);
        await RefusedAsync(StatusCode.FailedPrecondition, "QUOTE_EXPIRED", () => Us.AcceptAsync(sent.Id));
        await Eventually.HoldsAsync(async () => (await Us.GetAsync(sent.Id)).Status == QuoteStatus.Expired, TimeSpan.FromSeconds(30));
        Assert.Equal(1, await deals.PublishedAsync(sent.Id, nameof(QuoteExpired)));
        Assert.Equal(0, await deals.Database.QueryAsync<long>($"SELECT count(*) FROM quote_expiries WHERE quote_id = '{sent.Id}'"));
        var late = await Us.CreateAsync(new Quote { DealId = sent.DealId, ExpireDate = "2020-01-01" });
        await RefusedAsync(StatusCode.FailedPrecondition, "EXPIRE_DATE_PASSED", () => Us.SendAsync(late.Id));
    }

    [Fact]
    public async Task Quotes_are_listed_by_deal_status_and_filter_and_another_tenant_sees_none()
    {
        var sent = (await SentAsync()).Quote;
        var draft = await Us.CreateAsync(new Quote { DealId = sent.DealId });
        await SentAsync();
        var byDeal = await Us.ListDealQuotesAsync(new ListDealQuotesRequest { DealId = sent.DealId }, cancellationToken: Token);
        Assert.Equal([draft.Id, sent.Id], byDeal.Quotes.Select(quote => quote.Id));
        var filtered = await Us.ListQuotesAsync(new ListQuotesRequest { DealId = sent.DealId, Filter = "status = QUOTE_STATUS_SENT AND total >= 100", OrderBy = "total desc" }, cancellationToken: Token);
        Assert.Equal([sent.Id], filtered.Quotes.Select(quote => quote.Id));
        Client others = new(deals.GrpcFor(Guid.CreateVersion7(), All));
        Assert.Empty((await others.ListQuotesAsync(new ListQuotesRequest(), cancellationToken: Token)).Quotes);
        await RefusedAsync(StatusCode.NotFound, "NOT_FOUND", () => others.GetAsync(sent.Id));
        await RefusedAsync(StatusCode.NotFound, "NOT_FOUND", () => others.AcceptAsync(sent.Id));
        await RefusedAsync(StatusCode.InvalidArgument, "quote.dealId", () => others.CreateAsync(new Quote { DealId = sent.DealId }));
    }

    [Fact]
    public async Task Sending_needs_a_permission_of_its_own()
    {
        var deal = await Deals.CreateAsync(Deal(Line()));
        Client writer = new(deals.GrpcFor(_tenant, "deals.read", "deals.write"));
        var quote = await writer.CreateAsync(new Quote { DealId = deal.Id });
        await RefusedAsync(StatusCode.PermissionDenied, "PERMISSION_DENIED", () => writer.SendAsync(quote.Id));
        Client reader = new(deals.GrpcFor(_tenant, "deals.read"));
        await RefusedAsync(StatusCode.PermissionDenied, "PERMISSION_DENIED", () => reader.ReviseAsync(quote.Id));
        Assert.Equal(quote, await reader.GetAsync(quote.Id));
    }

    [Fact]
    public async Task Quotes_are_made_and_sent_over_rest()
    {
        var deal = await Deals.CreateAsync(Deal(Line()));
        using var rest = deals.RestFor(_tenant, All);
        using var made = await rest.PostAsJsonAsync(new Uri("/api/v1/quotes", UriKind.Relative), new { dealId = deal.Id, expireDate = "2099-12-31", timeZone = "Europe/Berlin" }, Token);
        var quote = await made.Content.ReadFromJsonAsync<JsonNode>(Token);
        Assert.Equal("2099-12-31T23:00:00Z", (string?)quote!["expireTime"]);
        using var sent = await rest.PostAsJsonAsync(new Uri($"/api/v1/quotes/{quote["id"]}:send", UriKind.Relative), new { etag = (string?)quote["etag"] }, Token);
        Assert.StartsWith("/q/", (string?)(await sent.Content.ReadFromJsonAsync<JsonNode>(Token))!["link"], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await rest.GetAsync(new Uri($"/api/v1/deals/{deal.Id}/quotes", UriKind.Relative), Token)).StatusCode);
    }

    private async Task<SentQuote> SentAsync()
    {
        var deal = await Deals.CreateAsync(Deal(Line()));
        return await Us.SendAsync((await Us.CreateAsync(new Quote { DealId = deal.Id })).Id);
    }
}
