using Platform.Gateway.Sessions.Requests;
using Platform.Gateway.Sessions.SignIn;

namespace Platform.Gateway.Sessions.Api;

/// <summary>Signs this browser out; the answer says where to send it so that the identity server shows it too.</summary>
internal static class Logout
{
    public static async Task<IResult> Handle(HttpContext context, SignOut signOut)
    {
        var current = CurrentSession.Of(context);
        return Results.Ok(new { location = await signOut.EndCurrentAsync(context, current?.Session is null ? null : current.Id.Key) });
    }
}
