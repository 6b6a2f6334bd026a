using System.Net;
using System.Threading.RateLimiting;

namespace Platform.Identity.SignIn;

/// <summary>How often one network address may try to sign in, whoever it says it is.</summary>
internal sealed class SignInLimiter(IdentityOptions options) : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _limiter = ByAddress(options.SignInsPerMinute, TimeSpan.FromMinutes(1));

    /// <summary>Counts by network address, in a window that slides.</summary>
    public static PartitionedRateLimiter<HttpContext> ByAddress(int permits, TimeSpan window) => PartitionedRateLimiter.Create<HttpContext, IPAddress>(http =>
        RateLimitPartition.GetSlidingWindowLimiter(http.Connection.RemoteIpAddress ?? IPAddress.None, _ => new()
        {
            PermitLimit = permits,
            Window = window,
            SegmentsPerWindow = 6,
        }));

    public bool Allows(HttpContext http)
    {
        using var lease = _limiter.AttemptAcquire(http);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
