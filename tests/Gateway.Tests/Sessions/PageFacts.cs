using System.Net;
using System.Text.RegularExpressions;
using System.Web;
using Xunit;

namespace Gateway.Tests.Sessions;

/// <summary>The pages that a person sees of all this.</summary>
public sealed partial class PageFacts(SessionFixture gateway) : IClassFixture<SessionFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_landing_page_shows_the_way_in_or_who_is_there()
    {
        using var browser = gateway.Browser();
        Assert.Contains("href=\"/bff/login\"", await PageAsync(browser, "/"), StringComparison.Ordinal);
        gateway.Identity.Person = FakePerson.Alice;
        Assert.Equal("/", await browser.SignInAsync());
        var page = await PageAsync(browser, "/");
        Assert.DoesNotContain("href=\"/bff/login\"", page, StringComparison.Ordinal);
        Assert.Contains("Alice &lt;b&gt;Anders&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.Contains("· acme", page, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJhbGci", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_run_no_scripts_are_in_no_frame_and_are_not_kept()
    {
        using var browser = await gateway.SignedInAsync(FakePerson.Alice);
        foreach (var path in (string[])["/", "/sessions"])
        {
            using var response = await browser.GetAsync(path);
            var policy = response.Headers.GetValues("Content-Security-Policy").Single();
            Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
            Assert.EndsWith($"form-action 'self' {gateway.Identity.Url}; frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal(("same-origin", "no-store"), (response.Headers.GetValues("Referrer-Policy").Single(), response.Headers.CacheControl?.ToString()));
            Assert.DoesNotContain("<script", await response.Content.ReadAsStringAsync(Token), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task The_page_of_sessions_asks_who_it_is_for()
    {
        using var browser = gateway.Browser();
        using var response = await browser.GetAsync("/sessions");
        Assert.Equal("/bff/login?returnUrl=%2Fsessions", response.Headers.Location?.ToString());
        gateway.Identity.Person = FakePerson.New();
        Assert.Equal("/sessions", await browser.SignInAsync(response.Headers.Location!.ToString()));
        Assert.Contains("This browser", await PageAsync(browser, "/sessions"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_buttons_sign_browsers_out()
    {
        var person = FakePerson.New();
        using var first = await gateway.SignedInAsync(person);
        using var second = await gateway.SignedInAsync(person);
        using var here = await gateway.SignedInAsync(person);
        var buttons = Form().Matches(await PageAsync(here, "/sessions")).Select(form => form.Groups[1].Value).ToList();
        Assert.Equal(2, buttons.Count(action => action.EndsWith("/end", StringComparison.Ordinal)));
        Assert.Equal("/sessions", await PressAsync(here, "/sessions", action => action.EndsWith("/end", StringComparison.Ordinal)));
        HttpStatusCode[] left = [await first.CallAsync(), await second.CallAsync()];
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Unauthorized], left.Order());
        Assert.Equal("/sessions", await PressAsync(here, "/sessions", action => action == "/sessions/end-others"));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (await first.CallAsync(), await second.CallAsync()));
        Assert.Equal(HttpStatusCode.OK, await here.CallAsync());
    }

    [Fact]
    public async Task Its_buttons_change_the_company()
    {
        using var browser = await gateway.SignedInAsync(FakePerson.Both);
        await SwitchAsync("globex");
        Assert.Contains("You work in <b>globex</b>", await PageAsync(browser, "/sessions"), StringComparison.Ordinal);
        await SwitchAsync(null);
        Assert.Contains("You work in <b>acme</b>", await PageAsync(browser, "/sessions"), StringComparison.Ordinal);

        async Task SwitchAsync(string? organization)
        {
            var location = await PressAsync(browser, "/sessions", action => action == "/organization", ("organization", organization ?? ""));
            using var back = await browser.GetAsync((await browser.AtIdentityAsync(new Uri(location))).PathAndQuery);
            Assert.Equal("/sessions", back.Headers.Location?.ToString());
        }
    }

    [Fact]
    public async Task Signing_out_leads_past_the_identity_server_and_back()
    {
        using var browser = await gateway.SignedInAsync(FakePerson.New());
        using var copy = browser.At(gateway.Rest);
        var location = await PressAsync(browser, "/", action => action == "/sign-out");
        Assert.StartsWith($"{gateway.Identity.Issuer}/protocol/openid-connect/logout?", location, StringComparison.Ordinal);
        Assert.Equal($"{gateway.Rest}", HttpUtility.ParseQueryString(new Uri(location).Query)["post_logout_redirect_uri"]);
        Assert.Contains("href=\"/bff/login\"", await PageAsync(browser, "/"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await copy.CallAsync());
    }

    private static async Task<string> PageAsync(Browser browser, string path)
    {
        using var response = await browser.GetAsync(path);
        Assert.Equal((HttpStatusCode.OK, "text/html"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        return await response.Content.ReadAsStringAsync(Token);
    }

    // Sends the first form of the page whose address is meant, as a browser does; where it leads.
    private static async Task<string> PressAsync(Browser browser, string path, Func<string, bool> isMeant, params (string Name, string Value)[] more)
    {
        var form = Form().Matches(await PageAsync(browser, path)).First(form => isMeant(form.Groups[1].Value));
        var fields = Field().Matches(form.Value).ToDictionary(field => field.Groups[1].Value, field => HttpUtility.HtmlDecode(field.Groups[2].Value));
        foreach (var (name, value) in more)
            fields[name] = value;
        using var content = new FormUrlEncodedContent(fields);
        using var response = await browser.SendAsync(HttpMethod.Post, form.Groups[1].Value, content, ("Sec-Fetch-Site", "same-origin"));
        Assert.Contains(response.StatusCode, (HttpStatusCode[])[HttpStatusCode.SeeOther, HttpStatusCode.Found]);
        return response.Headers.Location!.ToString();
    }

    [GeneratedRegex("""<form method="post" action="([^"]*)">.*?</form>""", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("""<input type="hidden" name="([^"]*)" value="([^"]*)">""")]
    private static partial Regex Field();
}
