using Microsoft.Extensions.Options;

namespace Platform.Gateway.Limits;

/// <summary>Settings under <c>SignupLimit</c>.</summary>
internal sealed class SignupLimitOptions
{
    /// <summary>Sign-ups that an address may begin in an hour, for any length of time. Default: 10.</summary>
    public double PermitsPerHour { get; set; } = 10;

    /// <summary>Sign-ups that an address may begin at once after a pause. Default: 10.</summary>
    public int Burst { get; set; } = 10;
}

/// <summary>Marks the route that begins a sign-up.</summary>
internal sealed class SignupLimitMetadata;

/// <summary>Sign-ups make accounts and send mail: an address has few of them, beside the limit that holds for all its requests.</summary>
internal sealed class SignupLimiter(IOptions<SignupLimitOptions> options, TimeProvider time)
{
    private readonly ClientRateLimiter _limiter = new(
        Options.Create(new RateLimitOptions { PermitsPerSecond = options.Value.PermitsPerHour / 3600, Burst = options.Value.Burst }), time);

    public RateLimitStanding Take(string address) => _limiter.Take(address);
}
