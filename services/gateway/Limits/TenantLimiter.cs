using System.Globalization;
using Microsoft.Extensions.Options;
using Platform.Errors;

namespace Platform.Gateway.Limits;

/// <summary>Settings under <c>TenantRateLimit</c>.</summary>
internal sealed class TenantRateLimitOptions
{
    /// <summary>Requests a minute that all people and keys of a company may make together. Default: 60,000.</summary>
    public int RequestsPerMinute { get; set; } = 60_000;

    /// <summary>Other numbers, by the id of the company.</summary>
    public Dictionary<string, int> Tenants { get; } = new(StringComparer.OrdinalIgnoreCase);
}

/// <summary>Lets no company take more than its share of this gateway: a bucket that holds a minute's requests.</summary>
internal sealed class TenantLimiter(IOptions<TenantRateLimitOptions> options, TimeProvider time)
{
    private readonly ClientRateLimiter _usual = LimiterOf(options.Value.RequestsPerMinute, time);
    private readonly Dictionary<string, ClientRateLimiter> _others = options.Value.Tenants.ToDictionary(
        tenant => tenant.Key, tenant => LimiterOf(tenant.Value, time), StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes one request of the company's.</summary>
    public RateLimitStanding Take(Guid tenant)
    {
        var name = tenant.ToString();
        return _others.GetValueOrDefault(name, _usual).Take(name);
    }

    /// <summary>Names the limit, its value, and how it is raised.</summary>
    public static Error Refusal(int limit) => new(Google.Rpc.Code.ResourceExhausted, "TENANT_RATE_LIMITED", string.Create(CultureInfo.InvariantCulture,
        $"Your company makes more than its {limit} requests a minute: wait for the seconds of Retry-After; the operator of the platform can raise the limit."));

    private static ClientRateLimiter LimiterOf(int perMinute, TimeProvider time) =>
        new(Options.Create(new RateLimitOptions { PermitsPerSecond = perMinute / 60.0, Burst = perMinute }), time);
}
