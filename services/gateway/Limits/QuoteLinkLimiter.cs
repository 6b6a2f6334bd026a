using Microsoft.Extensions.Options;

namespace Platform.Gateway.Limits;

/// <summary>Settings under <c>QuoteLinkLimit</c>.</summary>
internal sealed class QuoteLinkLimitOptions
{
    /// <summary>Requests about links of quotes that an address may make in a minute, for any length of time. Default: 30.</summary>
    public double PermitsPerMinute { get; set; } = 30;

    /// <summary>Such requests that an address may make at once after a pause. Default: 60.</summary>
    public int Burst { get; set; } = 60;
}

/// <summary>Marks the routes that anybody may call who has the link of a quote.</summary>
internal sealed class QuoteLinkLimitMetadata;

/// <summary>Whoever tries links has few tries, beside the limit that holds for all requests.</summary>
internal sealed class QuoteLinkLimiter(IOptions<QuoteLinkLimitOptions> options, TimeProvider time)
{
    private readonly ClientRateLimiter _limiter = new(
        Options.Create(new RateLimitOptions { PermitsPerSecond = options.Value.PermitsPerMinute / 60, Burst = options.Value.Burst }), time);

    public RateLimitStanding Take(string address) => _limiter.Take(address);
}

/// <summary>Lets no address ask for more links than its share.</summary>
internal sealed class QuoteLinkLimitMiddleware(RequestDelegate next, QuoteLinkLimiter limiter)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<QuoteLinkLimitMetadata>() is null)
            return next(context);
        var standing = limiter.Take(RateLimitMiddleware.AddressOf(context));
        return standing.IsAllowed ? next(context) : RateLimitMiddleware.RefuseAsync(context, standing.WaitSeconds);
    }
}
