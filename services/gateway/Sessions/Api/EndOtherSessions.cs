using Platform.Errors;
using Platform.Gateway.Sessions.Requests;
using Platform.Gateway.Sessions.SignIn;

namespace Platform.Gateway.Sessions.Api;

/// <summary>Signs every other browser of the person out.</summary>
internal static class EndOtherSessions
{
    public static async Task Handle(HttpContext context, SignOut signOut)
    {
        if (CurrentSession.Of(context) is not { Session: { } session } current)
            await Problems.RespondAsync(context, SessionErrors.Missing(context));
        else
            await context.Response.WriteAsJsonAsync(
                new { ended = await signOut.EndOthersAsync(session.Person.Id, current.Id.Key, context.RequestAborted) }, context.RequestAborted);
    }
}
