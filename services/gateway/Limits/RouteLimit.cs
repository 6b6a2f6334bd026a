using Microsoft.Extensions.Options;

namespace Platform.Gateway.Limits;

/// <summary>How often an address may ask for the routes that have this as metadata, beside the limit that holds for all its requests.</summary>
/// <param name="permitsPerSecond">Requests a second, for any length of time.</param>
/// <param name="burst">Requests at once after a pause.</param>
/// <param name="time">The clock.</param>
internal sealed class RouteLimit(double permitsPerSecond, int burst, TimeProvider time)
{
    private readonly ClientRateLimiter _limiter = new(Options.Create(new RateLimitOptions { PermitsPerSecond = permitsPerSecond, Burst = burst }), time);

    public RateLimitStanding Take(string address) => _limiter.Take(address);
}

/// <summary>Lets no address ask for more of a route than its share.</summary>
internal sealed class RouteLimitMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<RouteLimit>() is not { } limit)
            return next(context);
        var standing = limit.Take(RateLimitMiddleware.AddressOf(context));
        return standing.IsAllowed ? next(context) : RateLimitMiddleware.RefuseAsync(context, standing.WaitSeconds);
    }
}
