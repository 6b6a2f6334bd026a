using Platform.Errors;
using Platform.Gateway.Sessions;
using Platform.Gateway.Sessions.Api;
using Platform.Gateway.Sessions.Requests;
using Platform.Gateway.Sessions.SignIn;
using Platform.Gateway.Sessions.Storage;

namespace Platform.Gateway.Pages;

/// <summary>The page of sessions, and where the forms of all pages go: each does its work and sends the browser on.</summary>
internal static class SessionPageEndpoints
{
    public static void MapSessionPages(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(SessionsPage.Path, (HttpContext context, SessionsPage page) => page.WriteAsync(context))
            .WithMetadata(new UsesSession(Guarded: false));
        var forms = endpoints.MapGroup("").WithMetadata(new UsesSession(Form: true));
        forms.MapPost("/sign-out", SignOutAsync);
        forms.MapPost("/organization", SwitchAsync);
        forms.MapPost($"{SessionsPage.Path}/{{id:guid}}/end", EndAsync);
        forms.MapPost($"{SessionsPage.Path}/end-others", EndOthersAsync);
    }

    private static async Task SignOutAsync(HttpContext context, SignOut signOut)
    {
        var current = CurrentSession.Of(context);
        GoTo(context, await signOut.EndCurrentAsync(context, current?.Session is null ? null : current.Id.Key));
    }

    private static async Task SwitchAsync(HttpContext context, SignInChallenge challenge)
    {
        if (CurrentSession.Of(context)?.Session is null)
        {
            GoTo(context, "/");
            return;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        await SwitchOrganization.SendAsync(context, challenge, form["organization"], SessionsPage.Path);
    }

    private static async Task EndAsync(HttpContext context, Guid id, SessionStore sessions, SignOut signOut)
    {
        if (CurrentSession.Of(context) is { Session: { } session } current)
            await EndSession.TryEndAsync(context, id, session, current.Id.Key, sessions, signOut);
        GoTo(context, SessionsPage.Path);
    }

    private static async Task EndOthersAsync(HttpContext context, SignOut signOut)
    {
        if (CurrentSession.Of(context) is { Session: { } session } current)
            await signOut.EndOthersAsync(session.Person.Id, current.Id.Key, context.RequestAborted);
        GoTo(context, SessionsPage.Path);
    }

    // 303: whatever the form was sent with, the next page is read.
    private static void GoTo(HttpContext context, string address)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = address;
    }
}
