using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Gateway.Limits;

/// <summary>Settings under <c>TenantRateLimit</c>.</summary>
internal sealed class TenantRateLimitOptions
{
    /// <summary>Requests a minute that all people and keys of a company may make together, where its plan says nothing. Default: 60,000.</summary>
    public int RequestsPerMinute { get; set; } = 60_000;

    /// <summary>Other numbers, by the id of the company; they win over its plan.</summary>
    public Dictionary<string, int> Tenants { get; } = new(StringComparer.OrdinalIgnoreCase);
}

/// <summary>
/// Lets no company take more than its share: a bucket that holds a minute's requests, of which every gateway has a copy. A copy is
/// evened out with the state store when a sixtieth of the limit was taken from it, at most once a second: so far, for each
/// gateway, the limit may be passed, and a quiet company costs nothing.
/// </summary>
internal sealed class TenantLimiter(IOptions<TenantRateLimitOptions> options, TenantPlans plans, SharedBuckets shared, TimeProvider time)
{
    private const int SharesOfLimit = 60;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<int, ClientRateLimiter> _limiters = new();
    private readonly ConcurrentDictionary<Guid, Taken> _taken = new();

    /// <summary>Takes one request of the company's.</summary>
    /// <param name="tenant">The company.</param>
    /// <param name="bearer">What the request is made with, to ask for the company's plan.</param>
    public RateLimitStanding Take(Guid tenant, string bearer)
    {
        var name = tenant.ToString();
        var limit = options.Value.Tenants.TryGetValue(name, out var own) ? own
            : plans.RequestsPerMinuteOf(tenant, bearer) is > 0 and var plan ? plan : options.Value.RequestsPerMinute;
        var limiter = _limiters.GetOrAdd(limit, static (perMinute, clock) => LimiterOf(perMinute, clock), time);
        var taken = _taken.GetOrAdd(tenant, static (_, now) => new Taken { SentAt = now }, time.GetTimestamp());
        RateLimitStanding standing;
        // Taken and counted at once: else a copy that is evened out between the two gives the request back.
        lock (taken.Gate)
        {
            standing = limiter.Take(name);
            taken.Unsent += standing.IsAllowed ? 1 : 0;
        }

        if (standing.IsAllowed)
            EvenOut(name, limit, limiter, taken);
        return standing;
    }

    /// <summary>Names the limit, its value, and how it is raised.</summary>
    public static Error Refusal(int limit) => new(Google.Rpc.Code.ResourceExhausted, "TENANT_RATE_LIMITED",
        Say($"Your company makes more than its {limit} requests a minute: wait for the seconds of Retry-After; the operator of the platform can raise the limit."));

    private void EvenOut(string name, int limit, ClientRateLimiter limiter, Taken taken)
    {
        if (Interlocked.Read(ref taken.Unsent) * SharesOfLimit < limit
            || (taken.WasSent && time.GetElapsedTime(taken.SentAt) < Pause)
            || Interlocked.CompareExchange(ref taken.Sending, 1, 0) != 0)
            return;
        // No request waits for it; what fails is counted here alone.
        _ = EvenOutAsync(name, limit, limiter, taken);
    }

    private async Task EvenOutAsync(string name, int limit, ClientRateLimiter limiter, Taken taken)
    {
        long mine;
        lock (taken.Gate)
            (mine, taken.Unsent) = (taken.Unsent, 0);
        if (await shared.TakeAsync(name, mine, limit) is { } left)
        {
            lock (taken.Gate)
                limiter.Set(name, left - taken.Unsent);
        }

        (taken.SentAt, taken.WasSent) = (time.GetTimestamp(), true);
        Volatile.Write(ref taken.Sending, 0);
    }

    private static ClientRateLimiter LimiterOf(int perMinute, TimeProvider time) =>
        new(Options.Create(new RateLimitOptions { PermitsPerSecond = perMinute / 60.0, Burst = perMinute }), time);

    // Fields, because they are changed by many at a time.
    private sealed class Taken
    {
        public long Unsent;
        public int Sending;

        public Lock Gate { get; } = new();

        public long SentAt { get; set; }

        public bool WasSent { get; set; }
    }
}
