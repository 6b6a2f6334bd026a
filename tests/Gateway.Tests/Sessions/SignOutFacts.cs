using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Web;
using Xunit;

namespace Gateway.Tests.Sessions;

public sealed class SignOutFacts(SessionFixture gateway) : IClassFixture<SessionFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Signing_out_ends_the_session_everywhere()
    {
        using var browser = await gateway.SignedInAsync(FakePerson.New());
        using var copy = browser.At(gateway.Rest);
        var before = gateway.Identity.Posts.Count;
        using var response = await browser.ChangeAsync(HttpMethod.Post, "/bff/logout");
        var location = new Uri((await response.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("location").GetString()!);
        Assert.Equal($"{gateway.Identity.Issuer}/protocol/openid-connect/logout", location.GetLeftPart(UriPartial.Path));
        var query = HttpUtility.ParseQueryString(location.Query);
        Assert.Equal(["client_id", "post_logout_redirect_uri"], query.AllKeys);
        Assert.Equal($"{gateway.Rest}", query["post_logout_redirect_uri"]);
        Assert.Null(browser.SessionCookie);
        Assert.Equal(HttpStatusCode.Unauthorized, await copy.CallAsync());
        var posts = gateway.Identity.Posts.Skip(before).ToList();
        Assert.NotEmpty(posts.Single(post => post.Endpoint == "revoke").Form["token"]);
        Assert.NotEmpty(posts.Single(post => post.Endpoint == "logout").Form["id_token_hint"]);
        Assert.All(posts, post => Assert.Equal(FakeIdentity.Secret, post.Form["client_secret"]));
    }

    [Fact]
    public async Task Signing_out_twice_or_as_nobody_does_no_harm()
    {
        using var browser = await gateway.SignedInAsync(FakePerson.New());
        using var copy = browser.At(gateway.Rest);
        (await browser.ChangeAsync(HttpMethod.Post, "/bff/logout")).Dispose();
        using var again = await copy.SendAsync(HttpMethod.Post, "/bff/logout", null);
        using var nobody = await gateway.Browser().SendAsync(HttpMethod.Post, "/bff/logout", null);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (again.StatusCode, nobody.StatusCode));
    }

    [Fact]
    public async Task All_of_a_persons_browsers_are_listed_for_that_person_alone()
    {
        var person = FakePerson.New();
        using var first = await gateway.SignedInAsync(person);
        using var second = await gateway.SignedInAsync(person);
        using var stranger = await gateway.SignedInAsync(FakePerson.New());
        var sessions = await second.SessionsAsync();
        Assert.Equal([true, false], sessions.Select(session => session.GetProperty("current").GetBoolean()));
        Assert.All(sessions, session => Assert.Equal(
            ("Linux", "Chrome 139", "127.0.0.1"),
            (session.GetProperty("device").GetString(), session.GetProperty("browser").GetString(), session.GetProperty("address").GetString())));
        Assert.Single(await stranger.SessionsAsync());
        Assert.DoesNotContain(first.SessionCookie!, string.Concat(sessions.Select(session => session.GetRawText())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_far_away_is_signed_out_and_its_single_sign_on_too()
    {
        var person = FakePerson.New();
        using var lost = await gateway.SignedInAsync(person);
        using var here = await gateway.SignedInAsync(person);
        var id = (await here.SessionsAsync()).Single(session => !session.GetProperty("current").GetBoolean()).GetProperty("id").GetString();
        var before = gateway.Identity.Posts.Count;
        using var response = await here.ChangeAsync(HttpMethod.Delete, $"/bff/sessions/{id}");
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (await lost.CallAsync(), await here.CallAsync()));
        Assert.Equal(["revoke", "logout"], gateway.Identity.Posts.Skip(before).Select(post => post.Endpoint));
        Assert.Single(await here.SessionsAsync());
        using var again = await here.ChangeAsync(HttpMethod.Delete, $"/bff/sessions/{id}");
        await Problem.IsAsync(again, HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task Nobody_ends_the_session_of_somebody_else()
    {
        using var victim = await gateway.SignedInAsync(FakePerson.New());
        var id = (await victim.UserAsync()).GetProperty("session").GetProperty("id").GetString();
        using var attacker = await gateway.SignedInAsync(FakePerson.New());
        using var response = await attacker.ChangeAsync(HttpMethod.Delete, $"/bff/sessions/{id}");
        await Problem.IsAsync(response, HttpStatusCode.NotFound, "NOT_FOUND");
        Assert.Equal(HttpStatusCode.OK, await victim.CallAsync());
    }

    [Fact]
    public async Task Every_other_browser_is_signed_out_at_once()
    {
        var person = FakePerson.New();
        var others = new List<Browser>();
        for (var i = 0; i < 3; i++)
            others.Add(await gateway.SignedInAsync(person));
        using var here = await gateway.SignedInAsync(person);
        using var response = await here.ChangeAsync(HttpMethod.Post, "/bff/sessions:end-others");
        Assert.Equal(3, (await response.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("ended").GetInt32());
        foreach (var other in others)
            Assert.Equal(HttpStatusCode.Unauthorized, await other.CallAsync());
        Assert.Equal(HttpStatusCode.OK, await here.CallAsync());
        others.ForEach(other => other.Dispose());
    }

    [Fact]
    public async Task Simultaneous_sign_ins_are_all_found_again()
    {
        var person = FakePerson.New();
        gateway.Identity.Person = person;
        var browsers = await Task.WhenAll(Enumerable.Range(0, 12).Select(async _ =>
        {
            var browser = gateway.Browser();
            await browser.SignInAsync();
            return browser;
        }));
        Assert.Equal(12, (await browsers[0].SessionsAsync()).Count);
    }

    [Fact]
    public async Task The_oldest_of_too_many_sessions_makes_room()
    {
        var person = FakePerson.New();
        using var oldest = await gateway.SignedInAsync(person);
        for (var i = 0; i < 50; i++)
            (await gateway.SignedInAsync(person)).Dispose();
        Assert.Equal(HttpStatusCode.Unauthorized, await oldest.CallAsync());
    }

    [Fact]
    public async Task Somebody_of_two_companies_works_in_one_and_then_in_the_other()
    {
        using var browser = await gateway.SignedInAsync(FakePerson.Both);
        Assert.Equal("acme", TenantOf(await browser.UserAsync()));
        var former = browser.SessionCookie;
        using var refused = await browser.ChangeAsync(HttpMethod.Post, "/bff/organization", new { organization = "globex offline_access" });
        await Problem.IsAsync(refused, HttpStatusCode.BadRequest, "INVALID_ARGUMENT");
        using var response = await browser.ChangeAsync(HttpMethod.Post, "/bff/organization", new { organization = "globex", returnUrl = "/deals" });
        var location = (await response.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("location").GetString();
        var callback = await browser.AtIdentityAsync(new Uri(location!));
        using var back = await browser.GetAsync(callback.PathAndQuery);
        Assert.Equal("/deals", back.Headers.Location?.ToString());
        var user = await browser.UserAsync();
        Assert.Equal("globex", TenantOf(user));
        Assert.Equal(["acme", "globex"], user.GetProperty("tenants").EnumerateArray().Select(tenant => tenant.GetProperty("alias").GetString()));
        Assert.NotEqual(former, browser.SessionCookie);
        Assert.Single(await browser.SessionsAsync());
    }

    private static string? TenantOf(JsonElement user) => user.GetProperty("tenant").GetProperty("alias").GetString();
}
