using Platform.Access.ApiKeys;

namespace Platform.Gateway.Limits;

/// <summary>
/// Looking a key up costs a call, and whoever sends wrong ones is counted only afterwards: an address that has used up what the
/// unknown may ask for has no more keys looked up for now.
/// </summary>
internal sealed class KeyGuessMiddleware(RequestDelegate next, ClientRateLimiter limiter)
{
    public Task InvokeAsync(HttpContext context) =>
        !ApiKeyText.IsIn(context.Request) || limiter.HasPermit(RateLimitMiddleware.AddressOf(context)) ? next(context) : RateLimitMiddleware.RefuseAsync(context, waitSeconds: 1);
}
