using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Gateway.Tests.Sessions;

/// <summary>Two gateways over one state store, by the real clock.</summary>
public sealed class ReplicaFacts(ReplicaFacts.Pair pair) : IClassFixture<ReplicaFacts.Pair>
{
    [Fact]
    public async Task A_sign_in_at_one_is_good_at_the_other()
    {
        using var browser = await pair.First.SignedInAsync(FakePerson.New());
        using var there = browser.At(pair.Second.Rest);
        Assert.Equal(HttpStatusCode.OK, await there.CallAsync());
        Assert.Equal(await browser.ForgeryTokenAsync(), await there.ForgeryTokenAsync());
    }

    [Fact]
    public async Task A_sign_in_begun_at_one_ends_at_the_other()
    {
        using var browser = pair.First.Browser();
        pair.First.Identity.Person = FakePerson.New();
        var callback = await browser.AuthorizeAsync();
        // A load balancer gives both one address, for which the code was asked.
        using var there = browser.At(pair.Second.Rest);
        using var response = await there.SendAsync(HttpMethod.Get, callback.PathAndQuery, null, ("Host", pair.First.Rest.Authority));
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        browser.Cookies[browser.SessionCookieName] = there.Cookies[browser.SessionCookieName];
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await browser.CallAsync(), await browser.At(pair.Second.Rest).CallAsync()));
    }

    [Fact]
    public async Task A_sign_out_at_one_is_one_at_the_other()
    {
        using var browser = await pair.First.SignedInAsync(FakePerson.New());
        using var there = browser.At(pair.Second.Rest);
        Assert.Equal(HttpStatusCode.OK, await there.CallAsync());
        (await browser.ChangeAsync(HttpMethod.Post, "/bff/logout")).Dispose();
        Assert.Equal(HttpStatusCode.Unauthorized, await there.CallAsync());
    }

    [Fact]
    public async Task Many_requests_at_both_renew_once()
    {
        var identity = pair.First.Identity;
        identity.ExpiresIn = 0;
        using var browser = await pair.First.SignedInAsync(FakePerson.New());
        identity.ExpiresIn = 300;
        using var there = browser.At(pair.Second.Rest);
        var before = identity.Renewals;
        var calls = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? browser : there).CallAsync()));
        Assert.All(calls, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(1, identity.Renewals - before);
    }

    [Fact]
    public async Task A_replica_with_another_key_knows_nobody_and_breaks_nothing()
    {
        var person = FakePerson.New();
        using var browser = await pair.First.SignedInAsync(person);
        await using var stranger = new Replica(pair.First, "another key of at least thirty-two characters");
        await stranger.InitializeAsync();
        using var there = browser.At(stranger.Rest);
        Assert.Equal(HttpStatusCode.Unauthorized, await there.CallAsync());
        Assert.Equal(HttpStatusCode.OK, await browser.CallAsync());
        await there.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, await there.CallAsync());
    }

    [Fact]
    public async Task A_new_key_in_front_of_the_old_one_signs_nobody_out()
    {
        using var browser = await pair.First.SignedInAsync(FakePerson.New());
        await using var newer = new Replica(pair.First, $"another key of at least thirty-two characters,{SessionFixture.Keys}");
        await newer.InitializeAsync();
        Assert.Equal(HttpStatusCode.OK, await browser.At(newer.Rest).CallAsync());
    }

    /// <summary>A gateway over the sidecar and the identity server of another one.</summary>
    public sealed class Replica : SessionFixture
    {
        private readonly string _keys;

        internal Replica(SessionFixture other, string keys = SessionFixture.Keys) => (Sidecar, Identity, _keys) = (other.Sidecar, other.Identity, keys);

        protected override Dictionary<string, string?> Settings => new(base.Settings) { ["Sessions:Keys"] = _keys };

        protected override bool OwnsSidecar => false;

        protected override void Configure(IServiceCollection services)
        {
        }
    }

    /// <summary>Two of them.</summary>
    public sealed class Pair : IAsyncLifetime
    {
        public SessionFixture First { get; } = new Leader();

        public SessionFixture Second { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await First.InitializeAsync();
            Second = new Replica(First);
            await Second.InitializeAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await Second.DisposeAsync();
            await First.DisposeAsync();
        }

        private sealed class Leader : SessionFixture
        {
            protected override void Configure(IServiceCollection services)
            {
            }
        }
    }
}
