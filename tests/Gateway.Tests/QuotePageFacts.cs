using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Http;
using Platform.Common.V1;
using Platform.CustomFields.V1;
using Platform.Deals.V1;
using Xunit;

namespace Gateway.Tests;

/// <summary>The page that the link of a quote leads to, for a customer without an account.</summary>
public sealed class QuotePageFacts(QuotePageFacts.Fixture gateway) : IClassFixture<QuotePageFacts.Fixture>
{
    private const string Secret = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_shows_the_quote_and_obeys_its_own_policy()
    {
        var quote = Quote();
        quote.Name = "<script>alert(1)</script>";
        using var response = await GetAsync(quote);
        var page = await response.Content.ReadAsStringAsync(Token);
        Assert.Equal((HttpStatusCode.OK, "text/html"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.All((string[])["<span class=\"number\">Q-2026-000007</span>", "Seller &amp; Co", "1,234.50 EUR", "31&#xA0;December 2099", $"action=\"/q/{Secret}/accept\"", "value=\"c0ffee\""], text => Assert.Contains(text, page, StringComparison.Ordinal));
        var style = page[(page.IndexOf("<style>", StringComparison.Ordinal) + 7)..page.IndexOf("</style>", StringComparison.Ordinal)];
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task The_page_speaks_the_language_of_the_quote()
    {
        var quote = Quote();
        quote.Language = "ru";
        using var response = await GetAsync(quote);
        var page = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Token));
        Assert.Contains("<html lang=\"ru\">", page, StringComparison.Ordinal);
        Assert.All((string[])["Предложение Q-2026-000007", "31\u00a0декабря 2099\u00a0г.", "1\u00a0234,50 EUR", "Принять и подписать"], text => Assert.Contains(text, page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(QuoteStatus.Accepted, "Accepted by Ann")]
    [InlineData(QuoteStatus.Declined, "Declined on")]
    [InlineData(QuoteStatus.Expired, "cannot be accepted any more")]
    [InlineData(QuoteStatus.Superseded, "later revision")]
    public async Task What_is_answered_has_no_form(QuoteStatus status, string said)
    {
        var quote = Quote();
        (quote.Status, quote.SignerName) = (status, "Ann");
        using var response = await GetAsync(quote);
        var page = await response.Content.ReadAsStringAsync(Token);
        Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Pacific/Kiritimati", "2 March 2026")]
    [InlineData("Pacific/Niue", "1 March 2026")]
    public async Task The_day_of_the_answer_is_counted_where_the_quote_ends(string zone, string day)
    {
        var quote = Quote();
        (quote.Status, quote.SignerName, quote.TimeZone) = (QuoteStatus.Accepted, "Ann", zone);
        quote.AnswerTime = Timestamp.FromDateTime(new DateTime(2026, 3, 1, 23, 0, 0, DateTimeKind.Utc));
        using var response = await GetAsync(quote);
        Assert.Contains($"Accepted by Ann on {day}", WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Token)).Replace('\u00a0', ' '), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_is_answered_by_one_call_and_refused_in_the_language_of_the_quote()
    {
        var quote = Quote();
        quote.Language = "ru";
        using var shown = await GetAsync(quote);
        Assert.Equal(2, (await shown.Content.ReadAsStringAsync(Token)).Split("name=\"language\" value=\"ru\"").Length - 1);
        var calls = new ConcurrentQueue<(string Target, string Language)>();
        gateway.Sidecar.Answer = context =>
        {
            calls.Enqueue((context.Request.Path.Value!, context.Request.Headers.AcceptLanguage.ToString()));
            return context.Request.Path.Value!.EndsWith("declineLink", StringComparison.Ordinal) ? RefuseAsync(context, 400, """{"detail":"No."}""") : RespondAsync(context, quote, null);
        };
        using var client = NoRedirects();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["signerName"] = "Ann", ["agreed"] = "true", ["language"] = "ru" });
        using var accepted = await client.PostAsync(new Uri($"/q/{Secret}/accept", UriKind.Relative), form, Token);
        Assert.Equal(HttpStatusCode.SeeOther, accepted.StatusCode);
        Assert.Equal("ru", Assert.Single(calls).Language);
        using var no = new FormUrlEncodedContent(new Dictionary<string, string> { ["language"] = "xx" });
        using var refused = await client.PostAsync(new Uri($"/q/{Secret}/decline", UriKind.Relative), no, Token);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal([("declineLink", "en"), ("openLink", "en")], calls.Skip(1).Select(call => (call.Target[(call.Target.LastIndexOf(':') + 1)..], call.Language)));
    }

    [Fact]
    public async Task The_form_accepts_and_the_address_is_that_of_the_browser()
    {
        string? seen = null;
        gateway.Sidecar.Answer = context => RespondAsync(context, Quote(), text => seen = text);
        using var client = NoRedirects();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["signerName"] = "Ann Buyer", ["agreed"] = "true", ["contentHash"] = "c0ffee" });
        form.Headers.Add("X-Forwarded-For", "198.51.100.9");
        using var response = await client.PostAsync(new Uri($"/q/{Secret}/accept", UriKind.Relative), form, Token);
        Assert.Equal((HttpStatusCode.SeeOther, $"/q/{Secret}"), (response.StatusCode, response.Headers.Location?.OriginalString));
        var body = JsonSerializer.Deserialize<JsonElement>(seen!);
        Assert.Equal((Secret, "Ann Buyer", true, "c0ffee"),
            (body.GetProperty("token").GetString(), body.GetProperty("signerName").GetString(), body.GetProperty("agreed").GetBoolean(), body.GetProperty("contentHash").GetString()));
        Assert.Equal("127.0.0.1", gateway.Sidecar.Requests.Last(request => request.Target.EndsWith("acceptLink", StringComparison.Ordinal)).Headers["X-Forwarded-For"].ToString());
    }

    [Fact]
    public async Task What_is_refused_is_said_on_the_page_with_what_was_typed()
    {
        gateway.Sidecar.Answer = context => context.Request.Path.Value!.EndsWith("openLink", StringComparison.Ordinal)
            ? RespondAsync(context, Quote(), null)
            : RefuseAsync(context, 400, """{"detail":"signerName: wrong","errors":[{"field":"agreed","message":"Tick that you accept the quote."}]}""");
        using var client = NoRedirects();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["signerName"] = "Ann \"B\"" });
        using var response = await client.PostAsync(new Uri($"/q/{Secret}/accept", UriKind.Relative), form, Token);
        var page = await response.Content.ReadAsStringAsync(Token);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("Tick that you accept the quote.", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Ann &quot;B&quot;\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_link_and_an_absent_service_have_pages_of_their_own()
    {
        gateway.Sidecar.Answer = context => RefuseAsync(context, 404, """{"detail":"This link leads to no quote."}""");
        using var client = NoRedirects();
        using var unknown = await client.GetAsync(new Uri($"/q/{Secret}", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Contains("This link leads to no quote.", await unknown.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        gateway.Sidecar.Answer = context => RefuseAsync(context, 500, """{"errorCode":"ERR_DIRECT_INVOKE"}""");
        using var away = await client.GetAsync(new Uri($"/q/{Secret}", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
        Assert.DoesNotContain("ERR_", await away.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_document_comes_as_a_file()
    {
        gateway.Sidecar.Answer = async context =>
        {
            context.Response.ContentType = "application/pdf";
            await context.Response.WriteAsync("%PDF");
        };
        using var client = NoRedirects();
        using var response = await client.GetAsync(new Uri($"/q/{Secret}/document.pdf", UriKind.Relative), Token);
        Assert.Equal((HttpStatusCode.OK, "application/pdf", "%PDF"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(Token)));
        gateway.Sidecar.Answer = context => RefuseAsync(context, 404, """{"detail":"This link leads to no quote."}""");
        using var unknown = await client.GetAsync(new Uri($"/q/{Secret}/document.pdf", UriKind.Relative), Token);
        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (unknown.StatusCode, unknown.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task The_page_wears_the_colours_and_the_logo_of_the_company()
    {
        var quote = Quote();
        quote.Site = new Site { Title = "Seller & Co", Radius = 3, HasLogo = true, Light = new ThemeColors { Primary = "#aa0000", Text = "red;}body{display:none" }, Dark = new ThemeColors() };
        using var response = await GetAsync(quote);
        var page = await response.Content.ReadAsStringAsync(Token);
        Assert.All((string[])["--primary:light-dark(#aa0000,", "--radius:3px", $"<img src=\"/q/{Secret}/logo\" alt=\"Seller &amp; Co\""], text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.DoesNotContain("display:none", page, StringComparison.Ordinal);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        var styles = page.Split("<style>").Skip(1).Select(rest => rest[..rest.IndexOf("</style>", StringComparison.Ordinal)]).ToList();
        Assert.Equal(2, styles.Count);
        Assert.All(styles, style => Assert.Contains($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'", policy, StringComparison.Ordinal));
        gateway.Sidecar.Answer = async context =>
        {
            context.Response.ContentType = "image/png";
            await context.Response.WriteAsync("PNG");
        };
        using var client = NoRedirects();
        using var logo = await client.GetAsync(new Uri($"/q/{Secret}/logo", UriKind.Relative), Token);
        Assert.Equal((HttpStatusCode.OK, "image/png", true), (logo.StatusCode, logo.Content.Headers.ContentType?.MediaType, logo.Headers.CacheControl?.Private));
    }

    [Fact]
    public async Task Only_the_calls_of_links_need_no_token()
    {
        gateway.Sidecar.Answer = FakeSidecar.Ok;
        using var client = NoRedirects();
        foreach (var verb in (string[])["openLink", "linkDocument", "linkLogo", "acceptLink", "declineLink"])
        {
            using var passed = await client.PostAsync(new Uri($"/api/v1/quotes:{verb}", UriKind.Relative), new StringContent("{}", Encoding.UTF8, "application/json"), Token);
            Assert.Equal(HttpStatusCode.OK, passed.StatusCode);
        }

        foreach (var path in (string[])["/api/v1/quotes", "/api/v1/quotes/1", "/api/v1/quotes:other", "/api/v1/quotes/1:accept"])
        {
            using var refused = await client.PostAsync(new Uri(path, UriKind.Relative), new StringContent("{}", Encoding.UTF8, "application/json"), Token);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }
    }

    private static LinkedQuote Quote()
    {
        Money money = new() { Currency = "EUR", Amount = "1234.50" };
        return new LinkedQuote
        {
            Number = "Q-2026-000007",
            Revision = 2,
            Status = QuoteStatus.Sent,
            Name = "Offer",
            Language = "en",
            Currency = "EUR",
            ExpireDate = "2099-12-31",
            TimeZone = "UTC",
            ContentHash = "c0ffee",
            Seller = new QuoteParty { Name = "Seller & Co", Address = new Address { Lines = { "Street 1" }, City = "Berlin", Country = "DE" } },
            Buyer = new QuoteParty { Name = "Buyer" },
            LineItems = { new LineItem { Description = "Licence", Quantity = "2.5", UnitPrice = money, TaxRate = "19", Net = money, Total = money, Recurrence = Recurrence.Monthly, Term = 12, DiscountPercent = "7.5" } },
            TaxSubtotals = { new QuoteTaxSubtotal { Category = "S", Rate = "19", Taxable = money, Tax = money } },
            NetTotal = money,
            TaxTotal = money,
            Total = money,
            OneOffAmount = money,
            MonthlyRecurring = money,
            YearlyRecurring = money,
            Terms = "Net 14 days\nCash",
        };
    }

    private static Task RefuseAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        return context.Response.WriteAsync(body);
    }

    private static async Task RespondAsync(HttpContext context, LinkedQuote quote, Action<string>? read)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        if (context.Request.Path.Value!.EndsWith("acceptLink", StringComparison.Ordinal))
            read?.Invoke(body);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(JsonFormatter.Default.Format(quote));
    }

    private async Task<HttpResponseMessage> GetAsync(LinkedQuote quote)
    {
        gateway.Sidecar.Answer = context => RespondAsync(context, quote, null);
        using var client = NoRedirects();
        return await client.GetAsync(new Uri($"/q/{Secret}", UriKind.Relative), Token);
    }

    private HttpClient NoRedirects() => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = gateway.Rest };

    public sealed class Fixture : GatewayFixture;
}

/// <summary>Whoever tries links has few tries.</summary>
public sealed class QuoteLinkLimitFacts(QuoteLinkLimitFacts.Fixture gateway) : IClassFixture<QuoteLinkLimitFacts.Fixture>
{
    [Fact]
    public async Task An_address_has_few_tries()
    {
        using var client = gateway.Client(null);
        for (var i = 0; i < 4; i++)
        {
            using var answer = await client.GetAsync(new Uri($"/q/{i}", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(i == 3, answer.StatusCode == HttpStatusCode.TooManyRequests);
        }

        using var rest = await client.PostAsync(new Uri("/api/v1/quotes:openLink", UriKind.Relative), null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.TooManyRequests, rest.StatusCode);
    }

    public sealed class Fixture : GatewayFixture
    {
        protected override Dictionary<string, string?> Settings => new() { ["QuoteLinkLimit:Burst"] = "3", ["QuoteLinkLimit:PermitsPerMinute"] = "0.1" };
    }
}
