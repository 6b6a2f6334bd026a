using System.Net;
using Xunit;

namespace Gateway.Tests.Sessions;

/// <summary>Behind something that ends TLS, as in production.</summary>
public sealed class HttpsFacts(HttpsFacts.BehindTls gateway) : IClassFixture<HttpsFacts.BehindTls>
{
    private const string Cookie = "__Host-platform-session";

    [Fact]
    public async Task The_cookie_is_bound_to_the_host_and_to_tls()
    {
        using var browser = gateway.Browser();
        var callback = await browser.AuthorizeAsync();
        Assert.Equal("https://app.example/bff/callback", callback.GetLeftPart(UriPartial.Path));
        Assert.All(browser.SetCookies, line => Assert.Contains("secure", line, StringComparison.Ordinal));
        using var response = await browser.GetAsync(callback.PathAndQuery);
        Assert.Equal("max-age=31536000; includeSubDomains", Assert.Single(response.Headers.GetValues("Strict-Transport-Security")));
        var line = browser.SetCookies.Single(line => line.StartsWith(Cookie, StringComparison.Ordinal));
        Assert.Equal($"{Cookie}={browser.Cookies[Cookie]}; path=/; secure; samesite=lax; httponly", line);
        Assert.Equal(HttpStatusCode.OK, await browser.CallAsync());
    }

    [Fact]
    public async Task The_name_for_plain_http_is_worth_nothing_here()
    {
        using var browser = gateway.Browser();
        await browser.SignInAsync();
        browser.Cookies.Remove(Cookie, out var session);
        foreach (var name in (string[])[browser.SessionCookieName, "platform-session", "platform-session-443", "platform-session-80"])
            browser.Cookies[name] = session!;
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.CallAsync());
    }

    [Fact]
    public async Task Our_own_origin_is_the_public_one()
    {
        using var browser = gateway.Browser();
        await browser.SignInAsync();
        var token = await browser.ForgeryTokenAsync();
        foreach (var origin in (string[])["https://app.example", "http://app.example", gateway.Rest.GetLeftPart(UriPartial.Authority)])
        {
            using var response = await browser.SendAsync(
                HttpMethod.Post, "/api/v1/contacts/companies", null, ("Origin", origin), ("X-CSRF-Token", token));
            Assert.Equal(origin == "https://app.example" ? HttpStatusCode.OK : HttpStatusCode.Forbidden, response.StatusCode);
        }
    }

    [Fact]
    public async Task Whose_a_request_is_the_proxy_says_and_nobody_before_it()
    {
        gateway.Identity.Person = FakePerson.New();
        using var browser = gateway.Browser();
        var callback = (await browser.AuthorizeAsync()).PathAndQuery;
        using var response = await browser.GetAsync(callback, ("X-Forwarded-For", "203.0.113.9, 198.51.100.7, 127.0.0.9"));
        Assert.Equal("198.51.100.7", Assert.Single(await browser.SessionsAsync()).GetProperty("address").GetString());
    }

    public sealed class BehindTls : SessionFixture
    {
        protected override Dictionary<string, string?> Settings => new(base.Settings)
        {
            ["Sessions:PublicUrl"] = "https://app.example/",
            ["Proxies:0"] = "127.0.0.0/8",
            ["Proxies:1"] = "::1/128",
        };
    }
}
