using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Platform.Errors;
using Platform.Gateway.Sessions.Storage;

namespace Platform.Gateway.Sessions.Requests;

/// <summary>
/// Puts the access token of the session in the place of the cookie, for every endpoint that asks for a token. A request with a
/// token of its own is none of a browser's and stays as it is. Refusals are noted here and answered after the rate limit.
/// </summary>
internal sealed partial class SessionMiddleware(
    RequestDelegate next, SessionCookie cookie, SessionStore sessions, AccessTokens tokens, ILogger<SessionMiddleware> logger)
{
    private const string Bearer = "Bearer ";

    private static readonly Error StoreUnavailable =
        new(Google.Rpc.Code.Unavailable, "UNAVAILABLE", "Sessions cannot be read right now: try again in a moment.");

    private static readonly Error IdentityUnavailable = new(
        Google.Rpc.Code.Unavailable,
        "IDENTITY_UNAVAILABLE",
        "The identity server cannot be reached, so the session cannot go on right now: try again in a moment.");

    public Task InvokeAsync(HttpContext context)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        var use = metadata?.GetMetadata<UsesSession>();
        var wantsToken = use is null && metadata?.GetMetadata<IAuthorizeData>() is not null;
        if ((use is null && !wantsToken) || (wantsToken && HasToken(context.Request)) || !cookie.TryRead(context.Request, out var id))
            return next(context);
        return ContinueAsync(context, id, use);
    }

    private async Task ContinueAsync(HttpContext context, SessionId id, UsesSession? use)
    {
        context.Features.Set(await FindAsync(context, id, use));
        await next(context);
    }

    private async Task<CurrentSession> FindAsync(HttpContext context, SessionId id, UsesSession? use)
    {
        try
        {
            var key = id.Key;
            if (await sessions.UseAsync(key, context.RequestAborted) is not { } session)
                return new CurrentSession(id, null, use is null ? SessionErrors.Expired : null);
            var refusal = use is { Guarded: false } ? null : await ForgeryGuard.CheckAsync(context, id, cookie.OriginOf(context.Request), use);
            if (refusal is null && use is null)
                refusal = await AttachAsync(context.Request, key, session);
            return new CurrentSession(id, session, refusal);
        }
        catch (Exception exception) when (exception is RpcException
            || (exception is OperationCanceledException && !context.RequestAborted.IsCancellationRequested))
        {
            LogUnavailable(logger, exception.GetBaseException().Message);
            return new CurrentSession(id, null, StoreUnavailable);
        }
    }

    private async ValueTask<Error?> AttachAsync(HttpRequest request, string key, Session session)
    {
        switch (await tokens.GetAsync(key, session))
        {
            case TokenOutcome.Valid valid:
                request.Headers.Authorization = Bearer + valid.Token;
                return null;
            case TokenOutcome.Ended:
                return SessionErrors.Expired;
            default:
                return IdentityUnavailable;
        }
    }

    private static bool HasToken(HttpRequest request) =>
        request.Headers.Authorization.ToString().StartsWith(Bearer, StringComparison.OrdinalIgnoreCase);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sessions cannot be read: {Reason}")]
    private static partial void LogUnavailable(ILogger logger, string reason);
}

/// <summary>Answers what <see cref="SessionMiddleware"/> refused, once the request has been counted.</summary>
internal sealed class SessionRefusalMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (CurrentSession.Of(context) is not { Refusal: { } refusal })
            return next(context);
        if (refusal.Status == Google.Rpc.Code.Unavailable)
            context.Response.Headers.RetryAfter = "2";
        return Problems.RespondAsync(context, refusal);
    }
}
