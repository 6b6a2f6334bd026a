using Microsoft.Extensions.Options;
using Platform.Errors;
using Platform.Gateway.Sessions.Requests;

namespace Platform.Gateway.Sessions.Api;

/// <summary>Who is signed in with this browser, until when, and the token that changes need.</summary>
internal static class GetUser
{
    public static Task Handle(HttpContext context, IOptions<SessionOptions> options)
    {
        if (CurrentSession.Of(context) is not { Session: { } session } current)
            return Problems.RespondAsync(context, SessionErrors.Missing(context));
        return context.Response.WriteAsJsonAsync(
            new User(
                session.Person.Id, session.Person.Name, session.Person.Email, session.Organization, session.Organizations,
                new Expiry(session.Id, session.StartTime, session.EndTime, session.LastSeenTime + options.Value.IdleTimeout),
                current.Id.ForgeryToken),
            context.RequestAborted);
    }

    /// <param name="Tenants">The tenants that this browser has worked in.</param>
    /// <param name="CsrfToken">For the header <c>X-CSRF-Token</c>.</param>
    private sealed record User(
        string Id, string Name, string? Email, Organization? Tenant, IReadOnlyList<Organization> Tenants, Expiry Session, string CsrfToken);

    /// <param name="EndTime">When the session ends at the latest.</param>
    /// <param name="IdleEndTime">When it ends if nothing more is done.</param>
    private sealed record Expiry(Guid Id, DateTimeOffset StartTime, DateTimeOffset EndTime, DateTimeOffset IdleEndTime);
}
