using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Contacts.V1;
using Platform.CustomFields.V1;
using Platform.Deals.V1;
using Platform.Gateway.Limits;
using Platform.Gateway.Sites;
using Platform.Records.V1;
using Xunit;

namespace Gateway.Tests;

/// <summary>Public pages of companies, for whoever has no account.</summary>
public sealed class SitePageFacts(SitePageFacts.Fixture gateway) : IClassFixture<SitePageFacts.Fixture>
{
    private static readonly Site Acme = new() { Name = "acme", Title = "Acme & Sons", Radius = 6, Light = new ThemeColors { Primary = "#aa0000", Text = "red;}body{display:none" }, Dark = new ThemeColors() };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_article_is_a_page_that_search_engines_understand_and_browsers_may_keep()
    {
        Answer(new GetPublishedResponse { Site = Acme, Title = "Help", Record = Article() });
        using var client = gateway.Client(null);
        using var response = await client.GetAsync(new Uri("/kb/acme/opening-hours", UriKind.Relative), Token);
        var page = await response.Content.ReadAsStringAsync(Token);
        Assert.Equal((HttpStatusCode.OK, "text/html"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        var address = new Uri(gateway.Rest, "/kb/acme/opening-hours");
        Assert.All(
            (string[])["<title>When &amp; where · Acme &amp; Sons</title>", $"<link rel=\"canonical\" href=\"{address}\">", "<meta property=\"og:type\" content=\"article\">", "<meta name=\"description\" content=\"All week.\">",
                "<script type=\"application/ld+json\">{", "\"headline\":\"When \\u0026 where\"", "<strong>nine</strong>", "--primary:light-dark(#aa0000,", "1\u00a0March 2026"],
            text => Assert.Contains(text, WebUtility.HtmlDecode(page).Contains(text, StringComparison.Ordinal) ? WebUtility.HtmlDecode(page) : page, StringComparison.Ordinal));
        Assert.DoesNotContain("display:none", page, StringComparison.Ordinal);
        var style = page[(page.IndexOf("<style>", StringComparison.Ordinal) + 7)..page.IndexOf("</style>", StringComparison.Ordinal)];
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'", policy, StringComparison.Ordinal);
        Assert.Equal("public, stale-while-revalidate=300, max-age=60".Split(", ").Order(), response.Headers.CacheControl!.ToString().Split(", ").Order());

        using var again = new HttpRequestMessage(HttpMethod.Get, "/kb/acme/opening-hours");
        again.Headers.IfNoneMatch.Add(response.Headers.ETag!);
        using var unchanged = await client.SendAsync(again, Token);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task A_list_offers_its_categories_and_its_map_names_every_article()
    {
        Answer(new ListPublishedResponse { Site = Acme, Title = "Help", Records = { Article() }, Categories = { new PublishedCategory { Key = "visit", Label = "Visiting" } } });
        using var client = gateway.Client(null);
        client.DefaultRequestHeaders.Add("Accept-Language", "ru");
        var page = await client.GetStringAsync(new Uri("/kb/acme?q=%22%3E%3Cb%3E", UriKind.Relative), Token);
        Assert.All((string[])["<html lang=\"ru\">", "Поиск по статьям", "/kb/acme?category=visit", "href=\"/kb/acme/opening-hours\"", "<meta name=\"robots\" content=\"noindex\">"], text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.Contains("query=%22%3E%3Cb%3E", gateway.Sidecar.Requests.Last(seen => seen.Target.Contains("objects:published", StringComparison.Ordinal)).Target, StringComparison.Ordinal);
        var map = await client.GetStringAsync(new Uri("/kb/acme/sitemap.xml", UriKind.Relative), Token);
        Assert.Contains($"<loc>{new Uri(gateway.Rest, "/kb/acme/opening-hours")}</loc><lastmod>2026-03-01</lastmod>", map, StringComparison.Ordinal);
        // It is read once a minute, whoever asks.
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => client.GetStringAsync(new Uri("/kb/globex/sitemap.xml", UriKind.Relative), Token)));
        Assert.Single(gateway.Sidecar.Requests, seen => seen.Target.Contains("site=globex", StringComparison.Ordinal));
        Assert.Contains("Disallow: /api/", await client.GetStringAsync(new Uri("/robots.txt", UriKind.Relative), Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_a_page_of_its_own_and_what_is_away_says_so()
    {
        gateway.Sidecar.Answer = context => RefuseAsync(context, 404, """{"code":"PAGE_UNKNOWN","detail":"x"}""");
        using var client = gateway.Client(null);
        foreach (var path in (string[])["/kb/nobody", "/kb/acme/draft", "/kb/nobody/sitemap.xml", "/forms/nobody/contact", "/kb/nobody/-/logo"])
        {
            using var unknown = await client.GetAsync(new Uri(path, UriKind.Relative), Token);
            Assert.Equal((HttpStatusCode.NotFound, "no-store"), (unknown.StatusCode, unknown.Headers.CacheControl?.ToString()));
            Assert.Contains("There is no such page", await unknown.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }

        gateway.Sidecar.Answer = context => RefuseAsync(context, 500, """{"errorCode":"ERR_DIRECT_INVOKE"}""");
        using var away = await client.GetAsync(new Uri("/kb/acme", UriKind.Relative), Token);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (away.StatusCode, away.Headers.RetryAfter is not null));
        Assert.DoesNotContain("ERR_", await away.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_is_sent_without_scripts_and_what_is_refused_stands_at_its_field()
    {
        var sent = "";
        gateway.Sidecar.Answer = async context =>
        {
            if (context.Request.Method == "GET")
            {
                await context.Response.WriteAsync(JsonFormatter.Default.Format(Open()));
                return;
            }

            using var reader = new StreamReader(context.Request.Body);
            sent = await reader.ReadToEndAsync();
            if (sent.Contains("wrong", StringComparison.Ordinal))
                await RefuseAsync(context, 400, """{"code":"INVALID_ARGUMENT","detail":"values.email: wrong","errors":[{"field":"values.email","message":"Use an e-mail address."}]}""");
            else
                await context.Response.WriteAsync("""{"thanks":"We call you."}""");
        };
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = gateway.Rest };
        var page = await client.GetStringAsync(new Uri("/forms/acme/contact", UriKind.Relative), Token);
        Assert.All((string[])["name=\"values.email\" required", "type=\"email\"", "autocomplete=\"email\"", "<option value=\"a\">A &amp; B</option>", "value=\"stamp-1\"", "name=\"website\" tabindex=\"-1\"", "I agree &lt;so&gt;"], text => Assert.Contains(text, page, StringComparison.Ordinal));
        using var wrong = await PostAsync(client, new() { ["values.email"] = "wrong\"", ["consents.privacy"] = "true", ["stamp"] = "stamp-0" });
        var refused = await wrong.Content.ReadAsStringAsync(Token);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.All((string[])["aria-invalid=\"true\"", "Use an e-mail address.", "value=\"wrong&quot;\"", " checked", "value=\"stamp-0\""], text => Assert.Contains(text, refused, StringComparison.Ordinal));
        using var good = await PostAsync(client, new() { ["values.email"] = "a@mail.example", ["website"] = "", ["stamp"] = "stamp-0", ["other"] = "x" });
        Assert.Equal((HttpStatusCode.SeeOther, "/forms/acme/contact?sent"), (good.StatusCode, good.Headers.Location?.OriginalString));
        var body = JsonSerializer.Deserialize<JsonElement>(sent);
        Assert.Equal(("acme", "contact", "a@mail.example", "stamp-0"), (body.GetProperty("site").GetString(), body.GetProperty("form").GetString(), body.GetProperty("values").GetProperty("email").GetString(), body.GetProperty("stamp").GetString()));
        Assert.Contains("Thank you", await client.GetStringAsync(new Uri("/forms/acme/contact?sent", UriKind.Relative), Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("# Big", "<h2>Big</h2>")]
    [InlineData("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")]
    [InlineData("[x](javascript:alert(1))", "<p><a rel=\"nofollow noopener\">x</a></p>")]
    [InlineData("[x](https://a.example)", "<p><a href=\"https://a.example\" rel=\"nofollow noopener\">x</a></p>")]
    [InlineData("![x](https://a.example/x.png)", "<p></p>")]
    [InlineData("a<img src=x onerror=alert(1)>", "<p>a&lt;img src=x onerror=alert(1)&gt;</p>")]
    [InlineData("|a|\n|-|\n|b|", "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>")]
    public void Markdown_becomes_harmless_html(string markdown, string html) => Assert.Equal(html, ArticleText.ToHtml(markdown).Replace("\n", "", StringComparison.Ordinal));

    [Fact]
    public async Task Only_the_calls_for_everybody_need_no_token()
    {
        gateway.Sidecar.Answer = FakeSidecar.Ok;
        using var client = gateway.Client(null);
        foreach (var path in (string[])["/api/v1/objects:published", "/api/v1/objects:publishedRecord", "/api/v1/objects:publishedLogo", "/api/v1/contacts:openForm", "/api/v1/contacts:formLogo"])
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri(path, UriKind.Relative), Token)).StatusCode);
        foreach (var path in (string[])["/api/v1/objects", "/api/v1/objects:other", "/api/v1/contacts:other", "/api/v1/contacts/lead-forms"])
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(new Uri(path, UriKind.Relative), Token)).StatusCode);
    }

    private static PublishedRecord Article() => new()
    {
        Slug = "opening-hours",
        Title = "When & where",
        Summary = "All week.",
        Body = "From **nine** to five.",
        CreateTime = Timestamp.FromDateTime(new DateTime(2026, 2, 1, 0, 0, 0, DateTimeKind.Utc)),
        UpdateTime = Timestamp.FromDateTime(new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc)),
    };

    private static OpenForm Open() => new()
    {
        Site = Acme,
        Title = "Contact",
        Stamp = "stamp-1",
        Fields =
        {
            new OpenFormField { Path = "email", Label = "E-mail", Type = "email", Required = true },
            new OpenFormField { Path = "custom_fields.topic", Label = "Topic", Type = "single_choice", Choices = { new OpenFormChoice { Key = "a", Label = "A & B" } } },
        },
        Consents = { new OpenFormConsent { Key = "privacy", Text = "I agree <so>", Required = true } },
    };

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, Dictionary<string, string> answers)
    {
        using var form = new FormUrlEncodedContent(answers);
        return await client.PostAsync(new Uri("/forms/acme/contact", UriKind.Relative), form, Token);
    }

    private void Answer(IMessage message) => gateway.Sidecar.Answer = context => context.Response.WriteAsync(JsonFormatter.Default.Format(message));

    private static Task RefuseAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        return context.Response.WriteAsync(body);
    }

    public sealed class Fixture : GatewayFixture
    {
        protected override Dictionary<string, string?> Settings => new() { ["FormLimit:Burst"] = "100" };
    }
}

/// <summary>Whoever sends forms by the dozen is told to wait, and may go on reading.</summary>
public sealed class FormLimitFacts(FormLimitFacts.Fixture gateway) : IClassFixture<FormLimitFacts.Fixture>
{
    [Fact]
    public async Task An_address_sends_few_forms_by_whichever_way()
    {
        var token = TestContext.Current.CancellationToken;
        gateway.Sidecar.Answer = context => context.Response.WriteAsync("""{"site":{"title":"Acme"}}""");
        using var client = gateway.Client(null);
        foreach (var path in (string[])["/forms/acme/contact", "/api/v1/contacts:submitForm"])
        {
            using var sent = await client.PostAsync(new Uri(path, UriKind.Relative), new StringContent("{}", Encoding.UTF8, "application/json"), token);
            Assert.NotEqual(HttpStatusCode.TooManyRequests, sent.StatusCode);
            using var second = await client.GetAsync(new Uri("/forms/acme/contact", UriKind.Relative), token);
            Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        }

        using var third = await client.PostAsync(new Uri("/forms/acme/contact", UriKind.Relative), null, token);
        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        // A person who sends too many reads a page, in their language, and when to come back.
        Assert.Equal("text/html", third.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Wait a minute and go back", await third.Content.ReadAsStringAsync(token), StringComparison.Ordinal);
        Assert.NotNull(third.Headers.RetryAfter);
        var door = new LeadIntakeService.LeadIntakeServiceClient(gateway.Grpc(gateway.Token));
        Assert.Equal(StatusCode.ResourceExhausted, await StatusAsync(() => door.SubmitOpenFormAsync(new SubmitOpenFormRequest(), cancellationToken: token)));
        // Which the fake service does not have; a page is read by another share.
        Assert.Equal(StatusCode.Unimplemented, await StatusAsync(() => door.GetOpenFormAsync(new GetOpenFormRequest(), cancellationToken: token)));

        static async Task<StatusCode> StatusAsync<T>(Func<AsyncUnaryCall<T>> call) => (await Assert.ThrowsAsync<RpcException>(() => call().ResponseAsync)).StatusCode;
    }

    [Fact]
    public void Every_call_for_everybody_has_the_limit_of_its_address()
    {
        var routes = gateway.Endpoints.OfType<RouteEndpoint>().ToList();
        ServiceDescriptor[] doors = [LeadIntakeService.Descriptor, PublishedService.Descriptor, QuoteLinksService.Descriptor];
        foreach (var call in doors.SelectMany(door => door.Methods))
        {
            var limit = Assert.Single(routes, route => route.RoutePattern.RawText == $"/{call.Service.FullName}/{call.Name}").Metadata.GetMetadata<RouteLimit>();
            Assert.NotNull(limit);
            var rest = call.GetOptions().GetExtension(AnnotationsExtensions.Http);
            var path = rest.PatternCase == HttpRule.PatternOneofCase.Get ? rest.Get : rest.Post;
            Assert.Same(limit, Assert.Single(routes, route => route.RoutePattern.RawText == path).Metadata.GetMetadata<RouteLimit>());
        }
    }

    public sealed class Fixture : GatewayFixture
    {
        protected override Dictionary<string, string?> Settings => new() { ["FormLimit:Burst"] = "2", ["FormLimit:PermitsPerMinute"] = "0.1" };
    }
}
