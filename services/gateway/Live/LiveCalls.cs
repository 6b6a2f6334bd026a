using Microsoft.Extensions.Options;
using Platform.Gateway.Limits;

namespace Platform.Gateway.Live;

/// <summary>How often connections may call.</summary>
internal sealed class LiveCalls(IOptions<LiveOptions> options, TimeProvider time)
{
    private readonly ClientRateLimiter _limiter =
        new(Options.Create(new RateLimitOptions { PermitsPerSecond = options.Value.CallsPerSecond, Burst = options.Value.CallBurst }), time);

    public bool TryTake(Viewer viewer) => _limiter.Take(viewer.Window).IsAllowed;
}
