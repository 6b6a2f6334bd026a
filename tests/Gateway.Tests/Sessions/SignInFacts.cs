using System.Net;
using System.Text;
using System.Web;
using Microsoft.AspNetCore.Http;
using Platform.Gateway.Sessions.SignIn;
using Platform.Testing;
using Xunit;

namespace Gateway.Tests.Sessions;

public sealed class SignInFacts(SessionFixture gateway) : IClassFixture<SessionFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_signs_in_is_known_and_no_token_is_seen()
    {
        using var browser = await gateway.SignedInAsync(FakePerson.Alice);
        var user = await browser.UserAsync();
        Assert.Equal(("alice-id", "alice@acme.example"), (user.GetProperty("id").GetString(), user.GetProperty("email").GetString()));
        var tenant = user.GetProperty("tenant");
        Assert.Equal((TestTenants.Acme, "acme"), (tenant.GetProperty("id").GetGuid(), tenant.GetProperty("alias").GetString()));
        var session = user.GetProperty("session");
        Assert.Equal(TimeSpan.FromHours(12), session.GetProperty("endTime").GetDateTimeOffset() - session.GetProperty("startTime").GetDateTimeOffset());
        Assert.DoesNotContain("eyJhbGci", user.GetRawText() + string.Concat(browser.SetCookies), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tenant_is_called_as_it_calls_itself()
    {
        gateway.Sidecar.Answer = context => context.Response.WriteAsJsonAsync(new { displayName = "Acme GmbH", somethingNew = 1 });
        try
        {
            using var browser = await gateway.SignedInAsync(FakePerson.New());
            Assert.Equal("Acme GmbH", (await browser.UserAsync()).GetProperty("tenant").GetProperty("name").GetString());
            Assert.Contains(gateway.Sidecar.Requests, seen =>
                seen.Target == "/v1.0/invoke/tenants/method/api/v1/tenants/current" && seen.Headers["dapr-api-token"] == FakeSidecar.Token);
        }
        finally
        {
            gateway.Sidecar.Answer = FakeSidecar.Ok;
        }
    }

    [Fact]
    public async Task The_cookie_is_256_random_bits_that_no_script_and_no_other_site_gets()
    {
        using var browser = await gateway.SignedInAsync(FakePerson.Alice);
        var line = browser.SetCookies.Single(line => line.StartsWith(browser.SessionCookieName, StringComparison.Ordinal));
        Assert.Equal($"{browser.SessionCookieName}={browser.SessionCookie}; path=/; samesite=lax; httponly", line);
        Assert.Equal(43, browser.SessionCookie!.Length);
    }

    [Fact]
    public async Task The_browser_is_known_again_by_a_cookie_of_its_own_and_the_journal_is_told()
    {
        var person = FakePerson.New();
        using var browser = await gateway.SignedInAsync(person);
        var name = browser.SessionCookieName.Replace("session", "device", StringComparison.Ordinal);
        var key = browser.Cookies[name];
        Assert.Equal(43, key.Length);
        Assert.Contains(browser.SetCookies, line => line.StartsWith($"{name}={key}; max-age=34560000;", StringComparison.Ordinal) && line.EndsWith("path=/; samesite=lax; httponly", StringComparison.Ordinal));
        Assert.Contains(gateway.Sidecar.Requests, seen => seen is { Method: "POST", Target: "/v1.0/invoke/tenants/method/api/v1/tenants/me:describeDevice" });
        using var again = await browser.ChangeAsync(HttpMethod.Post, "/bff/logout");
        await browser.SignInAsync();
        Assert.Equal(key, browser.Cookies[name]);
        // What is no key of ours is not kept.
        browser.Cookies[name] = "planted";
        await browser.SignInAsync();
        Assert.Equal(43, browser.Cookies[name].Length);
    }

    [Fact]
    public async Task The_request_to_the_identity_server_is_bound_to_this_browser()
    {
        using var browser = gateway.Browser();
        using var challenge = await browser.GetAsync("/bff/login?returnUrl=/sessions");
        var query = HttpUtility.ParseQueryString(challenge.Headers.Location!.Query);
        Assert.Equal(("code", "S256", "platform-web"), (query["response_type"], query["code_challenge_method"], query["client_id"]));
        Assert.Equal($"{gateway.Rest}bff/callback", query["redirect_uri"]);
        Assert.Equal(("openid organization", "43200"), (query["scope"], query["max_age"]));
        Assert.All(["state", "nonce", "code_challenge"], name => Assert.NotEmpty(query[name]!));
        Assert.Equal(2, browser.Cookies.Count);
        Assert.All(browser.SetCookies, line => Assert.Contains("samesite=lax; httponly", line, StringComparison.Ordinal));
        Assert.DoesNotContain("client_secret", challenge.Headers.Location.Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", true)]
    [InlineData("/sessions", true)]
    [InlineData("/deals?x=1&y=%2F%2Fevil#z", true)]
    [InlineData("//evil.example", false)]
    [InlineData("/\\evil.example", false)]
    [InlineData("\\\\evil.example", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("/\t/evil.example", false)]
    [InlineData("/a\r\nSet-Cookie: x=y", false)]
    [InlineData("evil", false)]
    [InlineData("", false)]
    public async Task The_way_back_is_a_path_of_this_origin(string url, bool good)
    {
        Assert.Equal(good, ReturnUrl.IsLocal(url));
        using var browser = gateway.Browser();
        var login = $"/bff/login?returnUrl={Uri.EscapeDataString(url)}";
        if (good)
        {
            Assert.Equal(url, await browser.SignInAsync(login));
        }
        else
        {
            using var response = await browser.GetAsync(login);
            await Problem.IsAsync(response, HttpStatusCode.BadRequest, "INVALID_ARGUMENT");
        }
    }

    [Fact]
    public async Task A_session_that_somebody_planted_is_not_taken_over()
    {
        using var attacker = await gateway.SignedInAsync(FakePerson.New());
        using var victim = gateway.Browser();
        var planted = victim.Cookies[victim.SessionCookieName] = attacker.SessionCookie!;
        gateway.Identity.Person = FakePerson.Alice;
        await victim.SignInAsync();
        Assert.NotEqual(planted, victim.SessionCookie);
        Assert.Equal("alice-id", (await victim.UserAsync()).GetProperty("id").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, await attacker.CallAsync());
    }

    [Fact]
    public async Task Made_up_cookies_open_nothing_and_become_nothing()
    {
        using var browser = gateway.Browser();
        var invented = browser.Cookies[browser.SessionCookieName] = new string('A', 43);
        using var response = await browser.GetAsync("/bff/user");
        await Problem.IsAsync(response, HttpStatusCode.Unauthorized, "SESSION_EXPIRED");
        gateway.Identity.Person = FakePerson.Alice;
        await browser.SignInAsync();
        Assert.NotEqual(invented, browser.SessionCookie);
    }

    [Fact]
    public async Task Another_persons_answer_signs_nobody_in()
    {
        using var attacker = gateway.Browser();
        gateway.Identity.Person = FakePerson.New();
        var callback = await attacker.AuthorizeAsync();
        using var victim = gateway.Browser();
        await RefusedAsync(victim, callback.PathAndQuery, "NOT_BEGUN_HERE");
        // Nor with a sign-in of the victim's own under way.
        await victim.AuthorizeAsync();
        await RefusedAsync(victim, callback.PathAndQuery, "NOT_BEGUN_HERE");
    }

    [Fact]
    public async Task An_answer_is_good_once()
    {
        using var browser = gateway.Browser();
        var callback = await browser.AuthorizeAsync();
        using var first = await browser.GetAsync(callback.PathAndQuery);
        Assert.Equal(HttpStatusCode.Found, first.StatusCode);
        browser.Cookies.Remove(browser.SessionCookieName);
        await RefusedAsync(browser, callback.PathAndQuery, "NOT_BEGUN_HERE");
    }

    [Theory]
    [InlineData("nonce", "that of somebody else")]
    [InlineData("iss", "http://identity.test/realms/other")]
    [InlineData("aud", "platform-api")]
    public async Task An_identity_token_for_another_sign_in_is_refused(string claim, string value)
    {
        using var browser = gateway.Browser();
        gateway.Identity.Spoil = claims => claims[claim] = value;
        try
        {
            await RefusedAsync(browser, (await browser.AuthorizeAsync()).PathAndQuery, "FAILED");
        }
        finally
        {
            gateway.Identity.Spoil = null;
        }
    }

    [Fact]
    public async Task A_changed_state_is_refused()
    {
        using var browser = gateway.Browser();
        var callback = (await browser.AuthorizeAsync()).PathAndQuery;
        await RefusedAsync(browser, callback.Replace("state=", "state=A", StringComparison.Ordinal), "FAILED");
        await RefusedAsync(browser, "/bff/callback?code=x", "FAILED");
        await RefusedAsync(browser, "/bff/callback", "FAILED");
    }

    [Fact]
    public async Task A_person_who_turns_back_is_told_so()
    {
        using var browser = gateway.Browser();
        var state = HttpUtility.ParseQueryString((await browser.AuthorizeAsync()).Query)["state"]!;
        await RefusedAsync(browser, $"/bff/callback?error=access_denied&error_description=%3Cscript%3E&state={Uri.EscapeDataString(state)}", "REFUSED");
    }

    [Fact]
    public async Task Over_plain_http_sessions_begin_on_this_machine_only()
    {
        var (status, body) = await gateway.RawAsync("GET /bff/login HTTP/1.1", Token);
        Assert.Equal(400, status);
        Assert.Contains("HTTPS_NEEDED", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_store_holds_nothing_that_can_be_read_or_used()
    {
        using var browser = await gateway.SignedInAsync(FakePerson.New());
        Assert.NotEmpty(gateway.Sidecar.State.Rows);
        Assert.All(gateway.Sidecar.State.Rows, row =>
        {
            Assert.DoesNotContain(browser.SessionCookie!, row.Key + row.Value.Value, StringComparison.Ordinal);
            var text = Encoding.Latin1.GetString(Convert.FromBase64String(row.Value.Value));
            // Long enough that ciphertext does not hold them by chance.
            Assert.All(["alice", "eyJhbGci", "acme"], secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
            Assert.InRange(row.Value.TimeToLiveSeconds, 1, 12 * 60 * 60);
        });
    }

    private static async Task RefusedAsync(Browser browser, string path, string code)
    {
        using var response = await browser.GetAsync(path);
        var page = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.StatusCode == HttpStatusCode.BadRequest, $"{response.StatusCode} {response.Headers.Location}");
        Assert.Contains($"data-error=\"{code}\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Null(browser.SessionCookie);
    }
}
