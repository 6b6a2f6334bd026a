using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Platform.Gateway.Limits;
using Platform.Testing;
using Xunit;

namespace Gateway.Tests;

/// <summary>Two gateways, one share of requests for a company.</summary>
public sealed class TenantLimitFacts(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private const int Limit = 60;

    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_one_gateway_lets_through_is_taken_from_the_other()
    {
        var tenant = Guid.CreateVersion7();
        var (first, second) = (Limiter(), Limiter());
        string? Version() => gateway.Sidecar.State.Rows.GetValueOrDefault($"requests-{tenant}")?.Version;
        // What is told behind the requests may give one or two back that were taken at that moment.
        Assert.InRange(Enumerable.Range(0, 2 * Limit).TakeWhile(_ => first.Take(tenant, "").IsAllowed).Count(), Limit, Limit + 4);
        await Eventually.HoldsAsync(() => Version() is not null);
        var told = Version();
        // The rest of it is told with a request a second later.
        await Eventually.HoldsAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            first.Take(tenant, "");
            return Version() != told;
        });

        var passed = 0;
        await Eventually.HoldsAsync(() =>
        {
            var standing = second.Take(tenant, "");
            passed += standing.IsAllowed ? 1 : 0;
            return !standing.IsAllowed;
        });
        Assert.True(passed < Limit / 2, $"{passed} passed at the second gateway.");
        Assert.True(second.Take(Guid.CreateVersion7(), "").IsAllowed);
        // And both go on with time, as one.
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.True(first.Take(tenant, "").IsAllowed && second.Take(tenant, "").IsAllowed);
    }

    [Fact]
    public void Without_a_state_store_each_counts_for_itself()
    {
        var tenant = Guid.CreateVersion7();
        var limiter = Limiter(new Uri("http://127.0.0.1:1"));
        Assert.Equal(Limit, Enumerable.Range(0, 2 * Limit).Count(_ => limiter.Take(tenant, "").IsAllowed));
    }

    [Fact]
    public async Task The_plan_of_a_company_is_what_it_may_make()
    {
        var tenant = Guid.CreateVersion7();
        gateway.Sidecar.Answer = context => context.Request.Path.Value!.EndsWith("/tenants/current/limits", StringComparison.Ordinal)
            ? WriteAsync(context)
            : FakeSidecar.Ok(context);
        // Nobody waits until the plan is known, and another person each time has a bucket of their own.
        await Eventually.HoldsAsync(async () =>
        {
            using var person = gateway.Client(TestTokens.ForPerson(tenant, Guid.CreateVersion7()));
            using var response = await person.GetAsync(new Uri("/api/v1/contacts/companies", UriKind.Relative), Token);
            return response.StatusCode == HttpStatusCode.TooManyRequests
                && (await response.Content.ReadAsStringAsync(Token)).Contains("more than its 15 requests a minute", StringComparison.Ordinal);
        });
        gateway.Sidecar.Answer = FakeSidecar.Ok;
    }

    private static Task WriteAsync(Microsoft.AspNetCore.Http.HttpContext context) =>
        Microsoft.AspNetCore.Http.HttpResponseJsonExtensions.WriteAsJsonAsync(context.Response, new { requestsPerMinute = 15 });

    private TenantLimiter Limiter(Uri? sidecar = null)
    {
        var client = new HttpClient { BaseAddress = sidecar ?? gateway.Sidecar.Http };
        return new TenantLimiter(
            Options.Create(new TenantRateLimitOptions { RequestsPerMinute = Limit }),
            new TenantPlans(client, _time),
            new SharedBuckets(client, _time, NullLogger<SharedBuckets>.Instance),
            _time);
    }
}
