namespace Platform.Gateway.Limits;

/// <summary>Lets no address begin more sign-ups than its share.</summary>
internal sealed class SignupLimitMiddleware(RequestDelegate next, SignupLimiter limiter)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<SignupLimitMetadata>() is null)
            return next(context);
        var standing = limiter.Take(RateLimitMiddleware.AddressOf(context));
        return standing.IsAllowed ? next(context) : RateLimitMiddleware.RefuseAsync(context, standing.WaitSeconds);
    }
}
