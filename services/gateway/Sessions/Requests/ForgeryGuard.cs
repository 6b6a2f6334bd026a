using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Gateway.Sessions.Requests;

/// <summary>
/// A browser sends the cookie along whoever makes it send a request. What changes something must therefore come from a page of
/// this very origin, as the browser says, and carry the session's forgery token, which only such a page can know.
/// </summary>
internal static class ForgeryGuard
{
    /// <summary>The header that carries the forgery token.</summary>
    public const string Header = "X-CSRF-Token";

    private static readonly Error OtherOrigin = new(
        Google.Rpc.Code.PermissionDenied,
        "CROSS_ORIGIN_REFUSED",
        "A browser's session only takes changes from the platform's own pages. Other programs send an access token.");

    private static Error NoToken => new(
        Google.Rpc.Code.PermissionDenied,
        "CSRF_TOKEN_REFUSED",
        Say($"Send the csrfToken of GET /bff/user in the header {Header}: it is missing, or that of another session."));

    /// <summary>Why the request is refused; null where it is not.</summary>
    public static async ValueTask<Error?> CheckAsync(HttpContext context, SessionId id, string origin, UsesSession? use)
    {
        var request = context.Request;
        if (IsSafe(request))
            return null;
        if (!IsFrom(request, origin))
            return OtherOrigin;
        // A browser lets no page set headers of a WebSocket; that its origin is ours is all that it can show.
        if (IsSocket(request))
            return null;
        var token = request.Headers[Header].ToString();
        if (token.Length == 0 && use is { Form: true } && request.HasFormContentType)
            token = (await request.ReadFormAsync(context.RequestAborted))[UsesSession.Field].ToString();
        return id.IsForgeryToken(token) ? null : NoToken;
    }

    private static bool IsSafe(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)) && !IsSocket(request);

    private static bool IsSocket(HttpRequest request) =>
        request.Headers.Upgrade.ToString().Contains("websocket", StringComparison.OrdinalIgnoreCase) || HttpMethods.IsConnect(request.Method);

    // Sec-Fetch-Site cannot be set by a page, and unlike Origin it is right on pages that send no referrer.
    private static bool IsFrom(HttpRequest request, string origin) => request.Headers["Sec-Fetch-Site"].ToString() switch
    {
        "same-origin" => true,
        "" => request.Headers.Origin.ToString() == origin,
        _ => false,
    };
}
