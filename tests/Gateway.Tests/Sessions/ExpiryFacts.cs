using System.Net;
using Platform.Testing;
using Xunit;

namespace Gateway.Tests.Sessions;

/// <summary>How long sessions and their tokens last. One fact turns the clock at a time.</summary>
public sealed class ExpiryFacts(SessionFixture gateway) : IClassFixture<SessionFixture>
{
    [Fact]
    public async Task An_unused_session_ends_and_a_used_one_does_not()
    {
        using var idle = await gateway.SignedInAsync(FakePerson.New());
        using var busy = await gateway.SignedInAsync(FakePerson.Alice);
        for (var minutes = 0; minutes < 40; minutes += 20)
        {
            gateway.Time.Advance(TimeSpan.FromMinutes(20));
            Assert.Equal(HttpStatusCode.OK, await busy.CallAsync());
        }

        using var response = await idle.GetAsync("/api/v1/contacts/companies");
        await Problem.IsAsync(response, HttpStatusCode.Unauthorized, "SESSION_EXPIRED");
        // A single sign-on that still holds does not undo it: the identity server is to ask who it is.
        using var again = await idle.GetAsync("/bff/login");
        using var other = await busy.GetAsync("/bff/login");
        Assert.Contains("prompt=login", again.Headers.Location!.Query, StringComparison.Ordinal);
        Assert.DoesNotContain("prompt=", other.Headers.Location!.Query, StringComparison.Ordinal);
        await idle.AtIdentityAsync(again.Headers.Location!);
    }

    [Fact]
    public async Task The_busiest_session_ends_after_twelve_hours()
    {
        using var browser = await gateway.SignedInAsync(FakePerson.Alice);
        for (var minutes = 0; minutes < (12 * 60) - 20; minutes += 20)
        {
            Assert.Equal(HttpStatusCode.OK, await browser.CallAsync());
            gateway.Time.Advance(TimeSpan.FromMinutes(20));
        }

        Assert.Equal(HttpStatusCode.OK, await browser.CallAsync());
        gateway.Time.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.CallAsync());
    }

    [Fact]
    public async Task It_ends_as_long_after_the_person_was_asked_whenever_the_browser_came_back()
    {
        gateway.Identity.Spoil = claims => claims["auth_time"] = gateway.Time.GetUtcNow().AddHours(-11).AddMinutes(-50).ToUnixTimeSeconds();
        try
        {
            using var browser = await gateway.SignedInAsync(FakePerson.New());
            gateway.Time.Advance(TimeSpan.FromMinutes(8));
            Assert.Equal(HttpStatusCode.OK, await browser.CallAsync());
            gateway.Time.Advance(TimeSpan.FromMinutes(3));
            Assert.Equal(HttpStatusCode.Unauthorized, await browser.CallAsync());

            // Nor does an identity server that was not told how old a sign-in may be begin another one.
            gateway.Identity.Spoil = claims => claims["auth_time"] = gateway.Time.GetUtcNow().AddHours(-12).AddMinutes(-2).ToUnixTimeSeconds();
            using var late = gateway.Browser();
            using var refused = await late.GetAsync((await late.AuthorizeAsync()).PathAndQuery);
            Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized), (refused.StatusCode, await late.CallAsync()));
        }
        finally
        {
            gateway.Identity.Spoil = null;
        }
    }

    [Fact]
    public async Task Being_used_costs_one_write_a_minute()
    {
        using var browser = await gateway.SignedInAsync(FakePerson.Alice);
        gateway.Time.Advance(TimeSpan.FromSeconds(61));
        var before = gateway.Sidecar.State.Writes;
        for (var i = 0; i < 20; i++)
            Assert.Equal(HttpStatusCode.OK, await browser.CallAsync());
        Assert.Equal(1, gateway.Sidecar.State.Writes - before);
    }

    [Fact]
    public async Task A_token_is_renewed_once_before_it_expires()
    {
        using var browser = await gateway.SignedInAsync(FakePerson.Alice);
        var before = gateway.Identity.Renewals;
        gateway.Time.Advance(TimeSpan.FromSeconds(230));
        Assert.Equal(HttpStatusCode.OK, await browser.CallAsync());
        Assert.Equal(before, gateway.Identity.Renewals);
        gateway.Time.Advance(TimeSpan.FromSeconds(15));
        var calls = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => browser.CallAsync()));
        Assert.All(calls, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(1, gateway.Identity.Renewals - before);
    }

    [Fact]
    public async Task A_refused_renewal_ends_the_session()
    {
        using var browser = await gateway.SignedInAsync(FakePerson.New());
        var refresh = gateway.Identity.Posts.Count;
        gateway.Time.Advance(TimeSpan.FromMinutes(4.5));
        gateway.Identity.Forget();
        using var response = await browser.GetAsync("/api/v1/contacts/companies");
        await Problem.IsAsync(response, HttpStatusCode.Unauthorized, "SESSION_EXPIRED");
        Assert.Equal(refresh + 1, gateway.Identity.Posts.Count);
        using var user = await browser.GetAsync("/bff/user");
        await Problem.IsAsync(user, HttpStatusCode.Unauthorized, "SESSION_EXPIRED");
        Assert.Equal(refresh + 1, gateway.Identity.Posts.Count);
    }

    [Fact]
    public async Task While_the_identity_server_is_away_a_session_lives_on_its_last_token()
    {
        using var browser = await gateway.SignedInAsync(FakePerson.Alice);
        gateway.Identity.IsDown = true;
        try
        {
            gateway.Time.Advance(TimeSpan.FromMinutes(4.5));
            Assert.Equal(HttpStatusCode.OK, await browser.CallAsync());
            gateway.Time.Advance(TimeSpan.FromMinutes(1));
            using var response = await browser.GetAsync("/api/v1/contacts/companies");
            await Problem.IsAsync(response, HttpStatusCode.ServiceUnavailable, "IDENTITY_UNAVAILABLE");
        }
        finally
        {
            gateway.Identity.IsDown = false;
        }

        Assert.Equal(HttpStatusCode.OK, await browser.CallAsync());
    }

    [Fact]
    public async Task A_sign_out_during_a_renewal_wins()
    {
        using var browser = await gateway.SignedInAsync(FakePerson.New());
        using var other = browser.At(gateway.Rest);
        var (asked, answered) = (new TaskCompletionSource(), new TaskCompletionSource());
        gateway.Identity.BeforeRenewal = () =>
        {
            asked.TrySetResult();
            return answered.Task;
        };
        try
        {
            gateway.Time.Advance(TimeSpan.FromMinutes(4.5));
            var call = browser.CallAsync();
            await asked.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
            using var logout = await other.ChangeAsync(HttpMethod.Post, "/bff/logout");
            Assert.Equal(HttpStatusCode.OK, logout.StatusCode);
            var posts = gateway.Identity.Posts.Count;
            answered.SetResult();
            Assert.Equal(HttpStatusCode.Unauthorized, await call);
            // The tokens that came too late are given back.
            Assert.Contains(gateway.Identity.Posts.Skip(posts), post => post.Endpoint == "revoke");
        }
        finally
        {
            gateway.Identity.BeforeRenewal = () => Task.CompletedTask;
        }
    }
}
