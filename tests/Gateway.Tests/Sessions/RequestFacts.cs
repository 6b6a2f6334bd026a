using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using Microsoft.IdentityModel.JsonWebTokens;
using Platform.Testing;
using Xunit;

namespace Gateway.Tests.Sessions;

/// <summary>What happens to a request that comes with the cookie.</summary>
public sealed class RequestFacts(SessionFixture gateway) : IClassFixture<SessionFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_session_gives_the_request_its_token_and_keeps_the_cookie()
    {
        using var browser = await gateway.SignedInAsync(FakePerson.Alice);
        using var response = await browser.GetAsync("/api/v1/contacts/companies?marker=cookie", ("Authorization", "Basic eDp5"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var seen = SeenWith("marker=cookie");
        Assert.Equal("alice-id", SubjectOf(seen));
        Assert.False(seen.Headers.ContainsKey("Cookie"));
        Assert.DoesNotContain(seen.Headers, header => header.Value.Contains(browser.SessionCookie!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_with_a_token_of_its_own_is_left_alone()
    {
        using var browser = await gateway.SignedInAsync(FakePerson.Alice);
        var own = TestTokens.Create(new() { ["sub"] = "somebody-else" }, gateway.Identity.Issuer);
        using var response = await browser.SendAsync(
            HttpMethod.Post, "/api/v1/contacts/companies?marker=own", JsonContent.Create(new { }), ("Authorization", $"Bearer {own}"), ("Sec-Fetch-Site", "cross-site"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal($"Bearer {own}", SeenWith("marker=own").Headers["Authorization"]);
        using var broken = await browser.GetAsync("/api/v1/contacts/companies", ("Authorization", "Bearer broken"));
        await Problem.IsAsync(broken, HttpStatusCode.Unauthorized, "UNAUTHENTICATED");
    }

    [Theory]
    [InlineData("same-origin", null, true, true)]
    [InlineData(null, "own", true, true)]
    [InlineData("same-origin", "https://evil.example", true, true)]
    [InlineData("cross-site", null, true, false)]
    [InlineData("same-site", null, true, false)]
    [InlineData("none", null, true, false)]
    [InlineData("cross-site", "own", true, false)]
    [InlineData(null, "https://evil.example", true, false)]
    [InlineData(null, "null", true, false)]
    [InlineData(null, null, true, false)]
    [InlineData("same-origin", "own", false, false)]
    public async Task A_change_comes_from_our_own_pages_with_the_sessions_token(string? site, string? origin, bool hasToken, bool good)
    {
        using var browser = await gateway.SignedInAsync(FakePerson.Alice);
        var before = gateway.Sidecar.Requests.Count;
        var headers = new List<(string, string)>();
        if (site is not null)
            headers.Add(("Sec-Fetch-Site", site));
        if (origin is not null)
            headers.Add(("Origin", origin == "own" ? gateway.Rest.GetLeftPart(UriPartial.Authority) : origin));
        if (hasToken)
            headers.Add(("X-CSRF-Token", await browser.ForgeryTokenAsync()));
        foreach (var method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete])
        {
            using var response = await browser.SendAsync(method, "/api/v1/contacts/companies/1?marker=change", null, [.. headers]);
            if (good)
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            else
                await Problem.IsAsync(response, HttpStatusCode.Forbidden, hasToken ? "CROSS_ORIGIN_REFUSED" : "CSRF_TOKEN_REFUSED");
        }

        Assert.Equal(good ? 4 : 0, gateway.Sidecar.Requests.Skip(before).Count(seen => seen.Target.Contains("marker=change", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("own", null, true)]
    [InlineData("https://evil.example", null, false)]
    [InlineData("null", null, false)]
    [InlineData(null, null, false)]
    [InlineData("own", "cross-site", false)]
    public async Task The_cookie_opens_the_hub_to_our_own_pages_only(string? origin, string? site, bool good)
    {
        using var browser = await gateway.SignedInAsync(FakePerson.Alice);
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Cookie", string.Join("; ", browser.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin == "own" ? gateway.Rest.GetLeftPart(UriPartial.Authority) : origin);
        if (site is not null)
            socket.Options.SetRequestHeader("Sec-Fetch-Site", site);
        var opening = socket.ConnectAsync(new UriBuilder(new Uri(gateway.Rest, "/hubs/live")) { Scheme = "ws" }.Uri, Token);
        if (good)
            await opening;
        else
            await Assert.ThrowsAsync<WebSocketException>(() => opening);
        Assert.Equal(good ? HttpStatusCode.SwitchingProtocols : HttpStatusCode.Forbidden, socket.HttpStatusCode);
    }

    [Fact]
    public async Task A_forgery_token_is_worth_nothing_in_another_session()
    {
        using var attacker = await gateway.SignedInAsync(FakePerson.New());
        using var victim = await gateway.SignedInAsync(FakePerson.Alice);
        foreach (var token in (string[])[await attacker.ForgeryTokenAsync(), "", "x", victim.SessionCookie!])
        {
            using var response = await victim.SendAsync(
                HttpMethod.Post, "/api/v1/contacts/companies", null, ("Sec-Fetch-Site", "same-origin"), ("X-CSRF-Token", token));
            await Problem.IsAsync(response, HttpStatusCode.Forbidden, "CSRF_TOKEN_REFUSED");
        }
    }

    [Theory]
    [InlineData("POST", "/bff/logout")]
    [InlineData("POST", "/bff/organization")]
    [InlineData("POST", "/bff/sessions:end-others")]
    [InlineData("DELETE", "/bff/sessions/0190ac3e-0000-7000-8000-000000000001")]
    [InlineData("POST", "/sign-out")]
    [InlineData("POST", "/organization")]
    [InlineData("POST", "/sessions/end-others")]
    [InlineData("POST", "/sessions/0190ac3e-0000-7000-8000-000000000001/end")]
    public async Task Other_sites_change_nothing_about_a_session_either(string method, string path)
    {
        using var browser = await gateway.SignedInAsync(FakePerson.Alice);
        HttpContent Content() =>
            path.StartsWith("/bff", StringComparison.Ordinal) ? JsonContent.Create(new { }) : new FormUrlEncodedContent([new("forgeryToken", "x")]);
        using var crossSite = await browser.SendAsync(
            HttpMethod.Parse(method), path, Content(), ("Sec-Fetch-Site", "cross-site"), ("X-CSRF-Token", await browser.ForgeryTokenAsync()));
        await Problem.IsAsync(crossSite, HttpStatusCode.Forbidden, "CROSS_ORIGIN_REFUSED");
        using var blind = await browser.SendAsync(HttpMethod.Parse(method), path, Content(), ("Sec-Fetch-Site", "same-origin"));
        await Problem.IsAsync(blind, HttpStatusCode.Forbidden, "CSRF_TOKEN_REFUSED");
        Assert.Equal(HttpStatusCode.OK, await browser.CallAsync());
    }

    [Fact]
    public async Task A_form_field_is_no_way_into_the_api()
    {
        using var browser = await gateway.SignedInAsync(FakePerson.Alice);
        using var form = new FormUrlEncodedContent([new("forgeryToken", await browser.ForgeryTokenAsync())]);
        using var response = await browser.SendAsync(HttpMethod.Post, "/api/v1/contacts/companies", form, ("Sec-Fetch-Site", "same-origin"));
        await Problem.IsAsync(response, HttpStatusCode.Forbidden, "CSRF_TOKEN_REFUSED");
    }

    [Fact]
    public async Task Without_a_cookie_everything_is_as_before()
    {
        using var browser = gateway.Browser();
        using var call = await browser.GetAsync("/api/v1/contacts/companies");
        await Problem.IsAsync(call, HttpStatusCode.Unauthorized, "UNAUTHENTICATED");
        foreach (var path in (string[])["/bff/user", "/bff/sessions"])
        {
            using var response = await browser.GetAsync(path);
            await Problem.IsAsync(response, HttpStatusCode.Unauthorized, "UNAUTHENTICATED");
        }
    }

    [Fact]
    public async Task Without_the_store_nobody_is_signed_out()
    {
        using var browser = await gateway.SignedInAsync(FakePerson.Alice);
        gateway.Sidecar.State.IsDown = true;
        try
        {
            using var response = await browser.GetAsync("/api/v1/contacts/companies");
            await Problem.IsAsync(response, HttpStatusCode.ServiceUnavailable, "UNAVAILABLE");
            Assert.NotNull(response.Headers.RetryAfter);
        }
        finally
        {
            gateway.Sidecar.State.IsDown = false;
        }

        Assert.Equal(HttpStatusCode.OK, await browser.CallAsync());
    }

    private static string SubjectOf(Seen seen) => new JsonWebToken(seen.Headers["Authorization"]["Bearer ".Length..]).Subject;

    private Seen SeenWith(string marker) => gateway.Sidecar.Requests.Last(seen => seen.Target.EndsWith(marker, StringComparison.Ordinal));
}
