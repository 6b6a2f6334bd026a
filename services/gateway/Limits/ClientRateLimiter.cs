using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Platform.Gateway.Limits;

/// <summary>A token bucket a client.</summary>
internal sealed class ClientRateLimiter : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _buckets;
    private readonly RateLimitOptions _options;

    public ClientRateLimiter(IOptions<RateLimitOptions> options)
    {
        _options = options.Value;
        // Ten refills a second, so that a client that has used up its burst is let through evenly.
        var tokens = Math.Max(1, (int)(_options.PermitsPerSecond / 10));
        var bucket = new TokenBucketRateLimiterOptions
        {
            TokenLimit = _options.Burst,
            TokensPerPeriod = tokens,
            ReplenishmentPeriod = TimeSpan.FromSeconds(tokens / _options.PermitsPerSecond),
            AutoReplenishment = false,
            QueueLimit = 0,
        };
        _buckets = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(ClientOf(context), _ => bucket));
    }

    /// <summary>Takes one permit; the standing tells the client how much is left.</summary>
    public RateLimitStanding Take(HttpContext context)
    {
        using var lease = _buckets.AttemptAcquire(context);
        var remaining = _buckets.GetStatistics(context)?.CurrentAvailablePermits ?? 0;
        var reset = (int)Math.Ceiling((_options.Burst - remaining) / _options.PermitsPerSecond);
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var delay) ? (int)Math.Ceiling(delay.TotalSeconds) : 0;
        return new RateLimitStanding(lease.IsAcquired, _options.Burst, remaining, reset, wait);
    }

    public void Dispose() => _buckets.Dispose();

    private static string ClientOf(HttpContext context) =>
        context.User.FindFirstValue("sub") is { Length: > 0 } subject ? $"subject:{subject}" : $"address:{context.Connection.RemoteIpAddress}";
}

/// <summary>How a client stands after a request.</summary>
/// <param name="IsAllowed">Whether the request may pass.</param>
/// <param name="Limit">Size of the bucket.</param>
/// <param name="Remaining">What is left in it.</param>
/// <param name="ResetSeconds">Until it is full again.</param>
/// <param name="WaitSeconds">Until the next request may pass.</param>
internal readonly record struct RateLimitStanding(bool IsAllowed, int Limit, long Remaining, int ResetSeconds, int WaitSeconds);
