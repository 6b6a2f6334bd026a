using System.Net;
using Xunit;

namespace Gateway.Tests.Sessions;

/// <summary>The web application as the gateway passes it on.</summary>
public sealed class WebFacts(WebFixture gateway) : IClassFixture<WebFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_is_not_signed_in_is_led_to_the_sign_in_and_back_to_the_page()
    {
        using var browser = gateway.Browser();
        using var response = await browser.GetAsync("/app/o/contacts.person?q=ann%20lee");
        Assert.Equal("/bff/login?returnUrl=%2Fapp%2Fo%2Fcontacts.person%3Fq%3Dann%2520lee", response.Headers.Location?.ToString());
        gateway.Identity.Person = FakePerson.New();
        Assert.Equal("/app/o/contacts.person?q=ann%20lee", await browser.SignInAsync(response.Headers.Location!.ToString()));
    }

    [Fact]
    public async Task A_part_of_an_open_page_is_refused_without_a_session_and_not_led_away()
    {
        using var browser = gateway.Browser();
        using var response = await browser.GetAsync("/app/o/contacts.person?_rsc=1", ("Sec-Fetch-Dest", "empty"), ("RSC", "1"));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Pages_are_made_elsewhere_of_the_address_and_the_cookies_as_they_came()
    {
        using var browser = await gateway.SignedInAsync(FakePerson.New());
        var address = $"/app/o/contacts.person/{Guid.NewGuid():N}?filter=a%20%3D%20%22b%22";
        using var response = await browser.GetAsync(
            address, ("Accept-Language", "ru"), ("Authorization", "Basic eA=="), ("X-Middleware-Subrequest", "1"), ("X-Nonce", "mine"), ("X-Forwarded-Host", "evil.example"));
        Assert.Equal((HttpStatusCode.OK, "text/html"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        var seen = gateway.Web.Requests.Single(request => request.Target == address).Headers;
        Assert.Contains(browser.SessionCookie!, seen["Cookie"], StringComparison.Ordinal);
        Assert.Equal(("ru", gateway.Rest.Authority), (seen["Accept-Language"], seen["X-Forwarded-Host"]));
        Assert.Empty(seen.Keys.Intersect(["Authorization", "X-Middleware-Subrequest", "X-Nonce"], StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_policy_of_a_page_is_its_own_and_the_rest_of_what_protects_it_the_gateways()
    {
        using var browser = await gateway.SignedInAsync(FakePerson.New());
        foreach (var path in (string[])["/app", "/app/", "/app/o/contacts.person"])
        {
            using var response = await browser.GetAsync(path);
            Assert.Equal(FakeWeb.Policy, response.Headers.GetValues("Content-Security-Policy").Single());
            Assert.Equal(("nosniff", "DENY"), (response.Headers.GetValues("X-Content-Type-Options").Single(), response.Headers.GetValues("X-Frame-Options").Single()));
            Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
            Assert.False(response.Headers.Contains("X-Powered-By"));
        }
    }

    [Fact]
    public async Task Scripts_and_styles_are_kept_by_browsers_and_need_no_session()
    {
        using var browser = gateway.Browser();
        using var response = await browser.GetAsync("/app/_next/static/chunks/a1.js");
        Assert.Equal((HttpStatusCode.OK, "public, max-age=31536000, immutable"), (response.StatusCode, response.Headers.CacheControl?.ToString()));
        Assert.False(response.Headers.Contains("RateLimit-Limit"));
    }

    [Fact]
    public async Task Nothing_is_changed_there_and_no_address_leads_out_of_it()
    {
        using var browser = await gateway.SignedInAsync(FakePerson.New());
        using var posted = await browser.ChangeAsync(HttpMethod.Post, "/app/o/contacts.person", new { });
        Assert.Equal(HttpStatusCode.MethodNotAllowed, posted.StatusCode);
        var (status, _) = await gateway.RawAsync("GET /app/_next/static/../../secret HTTP/1.1", Token);
        Assert.Equal(400, status);
        Assert.DoesNotContain(gateway.Web.Requests, request => request.Target.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_landing_page_leads_there()
    {
        using var browser = gateway.Browser();
        using var response = await browser.GetAsync("/");
        Assert.Contains("href=\"/app\"", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }
}

/// <summary>Before the server of the pages is up, as at the first start.</summary>
public sealed class WebStartFacts(WebStartFixture gateway) : IClassFixture<WebStartFixture>
{
    [Fact]
    public async Task People_see_that_it_is_starting_and_programs_are_told_when_to_come_again()
    {
        using var browser = await gateway.SignedInAsync(FakePerson.New());
        using var page = await browser.GetAsync("/app", ("Sec-Fetch-Dest", "document"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        Assert.Contains("http-equiv=\"refresh\"", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var part = await browser.GetAsync("/app?_rsc=1", ("Sec-Fetch-Dest", "empty"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json"), (part.StatusCode, part.Content.Headers.ContentType?.MediaType));
        Assert.NotNull(part.Headers.RetryAfter);
    }
}
