using Platform.Errors;
using Platform.Gateway.Sessions.Requests;

namespace Platform.Gateway.Sessions;

/// <summary>What a browser is told about its session.</summary>
internal static class SessionErrors
{
    public static readonly Error Expired =
        new(Google.Rpc.Code.Unauthenticated, "SESSION_EXPIRED", "The session has ended: sign in again at /bff/login.");

    public static readonly Error None =
        new(Google.Rpc.Code.Unauthenticated, "UNAUTHENTICATED", "Nobody is signed in with this browser: sign in at /bff/login.");

    /// <summary>Why there is no session: the cookie names one that has ended, or there is no cookie.</summary>
    public static Error Missing(HttpContext context) => CurrentSession.Of(context) is null ? None : Expired;

    public static readonly Error HttpsNeeded = new(
        Google.Rpc.Code.FailedPrecondition,
        "HTTPS_NEEDED",
        "Sessions need HTTPS. Where something in front of the gateway ends TLS, set Sessions:PublicUrl.");

    public static readonly Error IdentityUnavailable = new(
        Google.Rpc.Code.Unavailable,
        "IDENTITY_UNAVAILABLE",
        "The identity server cannot be reached, so nobody can sign in right now: try again in a moment.");
}
