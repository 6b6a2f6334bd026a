using Platform.Errors;

namespace Platform.Gateway.Sessions.Requests;

/// <summary>The session that the request's cookie names; a feature of the request where it brought a cookie and no token of its own.</summary>
/// <param name="Id">The secret in the cookie.</param>
/// <param name="Session">Null where it has ended, or never was.</param>
/// <param name="Refusal">Why the request goes no further; null where it may.</param>
internal sealed record CurrentSession(SessionId Id, Session? Session, Error? Refusal)
{
    /// <summary>Whom the session belongs to, null where the request has none.</summary>
    public static CurrentSession? Of(HttpContext context) => context.Features.Get<CurrentSession>();
}
