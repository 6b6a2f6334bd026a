using System.Threading.RateLimiting;
using Platform.Identity.SignIn;

namespace Platform.Identity.Brokering;

/// <summary>
/// How much nonsense about sign-outs one network address may say. Only what was refused counts: a provider whose people all go home at once is
/// heard, and so is one that shares its address with whoever sends the nonsense, once a minute has passed.
/// </summary>
internal sealed class LogoutLimiter(IdentityOptions options) : IDisposable
{
    /// <summary>After which an address is listened to again.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<HttpContext> _limiter = SignInLimiter.ByAddress(options.SignInsPerMinute, Window);

    /// <summary>Whether the address is listened to.</summary>
    public bool Hears(HttpContext http)
    {
        using var lease = _limiter.AttemptAcquire(http, permitCount: 0);
        return lease.IsAcquired;
    }

    /// <summary>What the address said was refused.</summary>
    public void Count(HttpContext http) => _limiter.AttemptAcquire(http).Dispose();

    public void Dispose() => _limiter.Dispose();
}
