using Platform.Errors;
using Platform.Gateway.Sessions.Requests;
using Platform.Gateway.Sessions.SignIn;
using Platform.Gateway.Sessions.Storage;

namespace Platform.Gateway.Sessions.Api;

/// <summary>Signs another browser of the same person out, or this one.</summary>
internal static class EndSession
{
    public static async Task Handle(HttpContext context, Guid id, SessionStore sessions, SignOut signOut)
    {
        if (CurrentSession.Of(context) is not { Session: { } session } current)
            await Problems.RespondAsync(context, SessionErrors.Missing(context));
        else if (await TryEndAsync(context, id, session, current.Id.Key, sessions, signOut))
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        else
            await Problems.RespondAsync(context, Error.NotFound("session", id.ToString()));
    }

    /// <summary>Ends it; false where it is none of the person's, or has ended.</summary>
    public static async Task<bool> TryEndAsync(
        HttpContext context, Guid id, Session session, string currentKey, SessionStore sessions, SignOut signOut)
    {
        var mine = await sessions.ListAsync(SessionIndex.OfPerson(session.Person.Id), context.RequestAborted);
        var found = mine.FirstOrDefault(entry => entry.Value.Id == id);
        if (found.Key is null)
            return false;
        if (found.Key != currentKey)
            return await signOut.EndAsync(found.Key, context.RequestAborted);
        await signOut.EndCurrentAsync(context, currentKey);
        return true;
    }
}
