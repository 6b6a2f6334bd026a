using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Grpc.Core;
using Platform.Deals.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using static Deals.Tests.Samples;
using Client = Platform.Deals.V1.QuotesService.QuotesServiceClient;
using DealsClient = Platform.Deals.V1.DealsService.DealsServiceClient;

namespace Deals.Tests.Quotes;

/// <summary>The customer, who has a link and nothing else.</summary>
public sealed class QuoteLinkFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private Client Us => new(deals.GrpcFor(_tenant, All));

    private DealsClient Deals => new(deals.GrpcFor(_tenant, All));

    [Fact]
    public async Task The_link_shows_what_was_sent_and_nothing_of_the_company()
    {
        var sent = await SentAsync();
        var (status, seen) = await PostAsync("openLink", new { token = sent.TokenOf() });
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((sent.Quote.Number, "QUOTE_STATUS_SENT", sent.Quote.Total.Amount, sent.Quote.ContentHash),
            ((string?)seen["number"], (string?)seen["status"], (string?)seen["total"]!["amount"], (string?)seen["contentHash"]));
        Assert.Equal(("Seller", "#1f6feb", ""), ((string?)seen["site"]!["title"], (string?)seen["site"]!["light"]!["primary"], (string?)seen["site"]!["name"]));
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync("linkLogo", new { token = sent.TokenOf() })).Status);
        var text = seen.ToJsonString();
        Assert.All((string[])[sent.Quote.Id, sent.Quote.DealId, sent.Quote.CompanyId, sent.Quote.OwnerId, _tenant.ToString()], id => Assert.DoesNotContain(id, text, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_wrong_link_tells_nothing()
    {
        var sent = await SentAsync();
        var token = sent.TokenOf();
        var elsewhere = (await new QuoteLinkFacts(deals).SentAsync()).TokenOf();
        // The company of one link with the secret of another, a letter changed at the end, and what is none at all.
        var wrong = (string[])["", "x", token[..^1], token + "A", token[..21] + elsewhere[21..], token[..^2] + (token[^2] == 'A' ? "BA" : "AA"), new string('A', 64), "../../" + token[6..]];
        var answers = await Task.WhenAll(wrong.Select(async one => (await PostAsync("openLink", new { token = one })) is var (status, problem) ? (status, (string?)problem["code"], (string?)problem["detail"]) : default));
        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.NotFound, "QUOTE_LINK_UNKNOWN"), (answer.status, answer.Item2)));
        Assert.Single(answers.Distinct());
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync("acceptLink", new { token = wrong[4], signerName = "X", agreed = true })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync("declineLink", new { token = wrong[4], reason = "X" })).Status);
        Assert.Equal(QuoteStatus.Sent, (await Us.GetAsync(sent.Quote.Id)).Status);
    }

    [Fact]
    public async Task The_token_is_kept_nowhere()
    {
        var token = (await SentAsync()).TokenOf();
        var secret = Base64Url.DecodeFromChars(token)[16..];
        // As it is in the link, and as PostgreSQL writes bytes: of the hash, which is kept, that is found.
        foreach (var text in (string[])[token, token[22..], Convert.ToHexStringLower(secret), Convert.ToBase64String(secret)])
            Assert.Empty(await TablesWithAsync(text));
        Assert.Equal(["quote_links"], await TablesWithAsync(Convert.ToHexStringLower(SHA256.HashData(secret))));
    }

    [Theory]
    [InlineData(TenantState.Suspended)]
    [InlineData(TenantState.Deleting)]
    [InlineData(TenantState.Purged)]
    public async Task A_link_of_a_company_that_is_suspended_or_goes_leads_nowhere(TenantState state)
    {
        var sent = await SentAsync();
        deals.Tenants.Change = tenant => tenant.State = state;
        try
        {
            foreach (var (verb, body) in ((string, object)[])[("openLink", new { token = sent.TokenOf() }), ("linkDocument", new { token = sent.TokenOf() }), ("linkLogo", new { token = sent.TokenOf() }),
                ("acceptLink", new { token = sent.TokenOf(), signerName = "Ann", agreed = true }), ("declineLink", new { token = sent.TokenOf(), reason = "No" })])
                Assert.Equal((HttpStatusCode.NotFound, "QUOTE_LINK_UNKNOWN"), await PostAsync(verb, body) is var (status, problem) ? (status, (string?)problem["code"]) : default);
        }
        finally
        {
            deals.Tenants.Change = _ => { };
        }

        Assert.Equal("QUOTE_STATUS_SENT", (string?)(await PostAsync("openLink", new { token = sent.TokenOf() })).Body["status"]);
    }

    [Fact]
    public async Task A_link_of_a_company_without_deals_leads_nowhere_and_one_of_which_nothing_is_known_now_is_to_be_tried_again()
    {
        var sent = await SentAsync();
        deals.Tenants.Change = tenant => tenant.Modules.Remove("deals");
        try
        {
            Assert.Equal(HttpStatusCode.NotFound, (await PostAsync("openLink", new { token = sent.TokenOf() })).Status);
            deals.Tenants.Code = StatusCode.Unavailable;
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "TENANT_UNAVAILABLE"), await PostAsync("acceptLink", new { token = sent.TokenOf(), signerName = "Ann", agreed = true }) is var (status, problem) ? (status, (string?)problem["code"]) : default);
            // Whoever only tries is answered by nobody else.
            Assert.Equal(HttpStatusCode.NotFound, (await PostAsync("openLink", new { token = sent.TokenOf()[..^2] + "AA" })).Status);
        }
        finally
        {
            (deals.Tenants.Change, deals.Tenants.Code) = (_ => { }, StatusCode.OK);
        }

        Assert.Equal(QuoteStatus.Sent, (await Us.GetAsync(sent.Quote.Id)).Status);
    }

    [Fact]
    public async Task The_customer_accepts_once_and_the_deal_is_won()
    {
        var sent = await SentAsync();
        using var client = deals.Rest(null);
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => PostAsync(client, "acceptLink", new { token = sent.TokenOf(), signerName = $"Ann {i}", agreed = true, contentHash = sent.Quote.ContentHash })));
        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.OK, "QUOTE_STATUS_ACCEPTED"), (answer.Status, (string?)answer.Body["status"])));
        // All see the one signature that was first.
        Assert.Single(answers.Select(answer => (string?)answer.Body["signerName"]).Distinct());
        var quote = await Us.GetAsync(sent.Quote.Id);
        Assert.Equal((QuoteStatus.Accepted, "203.0.113.7", sent.Quote.ContentHash, ""), (quote.Status, quote.Answer.ClientAddress, quote.Answer.ContentHash, quote.Answer.RecordedBy));
        Assert.Equal(DealStatus.Won, (await Deals.GetAsync(quote.DealId)).Status);
        Assert.Equal((1, 1), (await deals.PublishedAsync(quote.DealId, nameof(DealWon)), await deals.PublishedAsync(quote.Id, nameof(QuoteAccepted))));
    }

    [Fact]
    public async Task What_is_accepted_and_declined_and_won_at_once_is_one_of_them()
    {
        var sent = await SentAsync();
        var (accept, decline) = (PostAsync("acceptLink", new { token = sent.TokenOf(), signerName = "Ann", agreed = true }), PostAsync("declineLink", new { token = sent.TokenOf(), reason = "No" }));
        var win = Deals.WinDealAsync(new WinDealRequest { Id = sent.Quote.DealId }, cancellationToken: Token).ResponseAsync;
        await Task.WhenAll(accept, decline, win);
        Assert.True((await accept).Status == HttpStatusCode.OK ^ (await decline).Status == HttpStatusCode.OK);
        Assert.Equal(1, await deals.PublishedAsync(sent.Quote.DealId, nameof(DealWon)));
        Assert.Equal(1, await deals.PublishedAsync(sent.Quote.Id, nameof(QuoteAccepted)) + await deals.PublishedAsync(sent.Quote.Id, nameof(QuoteDeclined)));
    }

    [Fact]
    public async Task Two_quotes_of_a_deal_are_not_both_accepted()
    {
        var one = await SentAsync();
        var other = await Us.SendAsync((await Us.CreateAsync(new Quote { DealId = one.Quote.DealId })).Id);
        var answers = await Task.WhenAll(new[] { one, other }.Select(sent => PostAsync("acceptLink", new { token = sent.TokenOf(), signerName = "Ann", agreed = true })));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Single(answers, answer => (string?)answer.Body["code"] == "DEAL_QUOTE_ACCEPTED");
        Assert.Equal(1, await deals.PublishedAsync(one.Quote.DealId, nameof(DealWon)));
    }

    [Fact]
    public async Task Nothing_is_accepted_unsigned_unticked_or_unseen()
    {
        var sent = await SentAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("acceptLink", new { token = sent.TokenOf(), signerName = " ", agreed = true })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("acceptLink", new { token = sent.TokenOf(), signerName = "Ann" })).Status);
        Assert.Equal("QUOTE_CHANGED", (string?)(await PostAsync("acceptLink", new { token = sent.TokenOf(), signerName = "Ann", agreed = true, contentHash = "00" })).Body["code"]);
        Assert.Equal(QuoteStatus.Sent, (await Us.GetAsync(sent.Quote.Id)).Status);
    }

    [Fact]
    public async Task A_declined_quote_keeps_the_reason_and_its_deal_stays_open()
    {
        var sent = await SentAsync();
        Assert.Equal("QUOTE_STATUS_DECLINED", (string?)(await PostAsync("declineLink", new { token = sent.TokenOf(), signerName = "Ann", reason = "Too dear" })).Body["status"]);
        var quote = await Us.GetAsync(sent.Quote.Id);
        Assert.Equal((QuoteStatus.Declined, "Too dear", "Ann"), (quote.Status, quote.Answer.Reason, quote.Answer.SignerName));
        Assert.Equal("QUOTE_DECLINED", (string?)(await PostAsync("acceptLink", new { token = sent.TokenOf(), signerName = "Ann", agreed = true })).Body["code"]);
        Assert.Equal(DealStatus.Open, (await Deals.GetAsync(quote.DealId)).Status);
    }

    [Fact]
    public async Task A_renewed_link_takes_the_place_of_the_first()
    {
        var sent = await SentAsync();
        var renewed = await Us.RenewQuoteLinkAsync(new RenewQuoteLinkRequest { Id = sent.Quote.Id }, cancellationToken: Token);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync("openLink", new { token = sent.TokenOf() })).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync("openLink", new { token = renewed.TokenOf() })).Status);
        var draft = await Us.CreateAsync(new Quote { DealId = sent.Quote.DealId });
        await RefusedAsync(StatusCode.FailedPrecondition, "QUOTE_NOT_SENT", () => Us.RenewQuoteLinkAsync(new RenewQuoteLinkRequest { Id = draft.Id }, cancellationToken: Token).ResponseAsync);
    }

    private async Task<List<string>> TablesWithAsync(string text)
    {
        var found = new List<string>();
        var tables = await deals.Database.QueryAsync<string>("SELECT string_agg(tablename, ',') FROM pg_tables WHERE schemaname = 'public'");
        foreach (var table in tables.Split(','))
        {
            if (await deals.Database.QueryAsync<long>($"SELECT count(*) FROM {table} AS row WHERE strpos(row::text, '{text}') > 0") > 0)
                found.Add(table);
        }

        return found;
    }

    private async Task<(HttpStatusCode Status, JsonNode Body)> PostAsync(string verb, object body)
    {
        using var client = deals.Rest(null);
        return await PostAsync(client, verb, body);
    }

    private static async Task<(HttpStatusCode Status, JsonNode Body)> PostAsync(HttpClient client, string verb, object body)
    {
        using var response = await client.PostAsJsonAsync(new Uri($"/api/v1/quotes:{verb}", UriKind.Relative), body, Token);
        return (response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonNode>(Token))!);
    }

    private async Task<SentQuote> SentAsync()
    {
        var deal = await Deals.CreateAsync(Deal(Line()));
        return await Us.SendAsync((await Us.CreateAsync(new Quote { DealId = deal.Id })).Id);
    }
}
