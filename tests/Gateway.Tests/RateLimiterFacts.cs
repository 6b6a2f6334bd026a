using System.Net;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Platform.Gateway.Limits;
using Xunit;

namespace Gateway.Tests;

public sealed class RateLimiterFacts
{
    private readonly FakeTimeProvider _time = new();
    private readonly ClientRateLimiter _limiter;

    public RateLimiterFacts() => _limiter = new ClientRateLimiter(Options.Create(new RateLimitOptions { PermitsPerSecond = 10, Burst = 20 }), _time);

    [Fact]
    public void After_the_burst_a_client_is_let_through_evenly()
    {
        Assert.Equal(20, Pass("a", 100));
        Assert.False(_limiter.Take("a").IsAllowed);
        for (var i = 0; i < 50; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            Assert.Equal(1, Pass("a", 3));
        }

        Assert.Equal(20, Pass("b", 100));
    }

    [Fact]
    public void A_pause_gives_the_burst_back_and_no_more()
    {
        Pass("a", 100);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(20, Pass("a", 100));
    }

    [Fact]
    public void The_standing_tells_when_to_come_again()
    {
        Pass("a", 20);
        Assert.Equal(new RateLimitStanding(IsAllowed: false, 20, 0, 2, 1), _limiter.Take("a"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new RateLimitStanding(IsAllowed: true, 20, 9, 2, 0), _limiter.Take("a"));
    }

    [Fact]
    public void Clients_that_left_are_forgotten_and_busy_ones_are_not()
    {
        for (var i = 0; i < 1000; i++)
            _limiter.Take($"{i}");
        _time.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromSeconds(1));
        Pass("busy", 20);
        _time.Advance(TimeSpan.FromSeconds(1));
        _limiter.Take("last");
        Assert.Equal(2, _limiter.Clients);
    }

    [Fact]
    public void Simultaneous_requests_share_one_bucket()
    {
        var passed = 0;
        Parallel.For(0, 1000, _ =>
        {
            if (_limiter.Take("a").IsAllowed)
                Interlocked.Increment(ref passed);
        });
        Assert.Equal(20, passed);
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:3::1", "2001:db8:1:3::/64")]
    [InlineData("fe80::1%3", "fe80::/64")]
    public void A_network_of_IPv6_is_one_client(string address, string client) => Assert.Equal(client, RateLimitMiddleware.NetworkOf(IPAddress.Parse(address)));

    private int Pass(string client, int requests) => Enumerable.Range(0, requests).Count(_ => _limiter.Take(client).IsAllowed);
}
