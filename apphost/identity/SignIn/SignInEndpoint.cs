using Platform.Identity.Hosting;
using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.Sessions;

namespace Platform.Identity.SignIn;

/// <summary>Where the login form is sent.</summary>
internal sealed partial class SignInEndpoint(
    Realm realm, RealmAddresses addresses, LoginFlowSeal seal, SignInPages pages, SignInChecks checks, SessionStore sessions,
    ILogger<SignInEndpoint> logger)
{
    public async Task<IResult> Handle(HttpContext http)
    {
        if (!http.Request.HasFormContentType) return pages.Error.Stale(http);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (seal.Open(form["flow"]) is not { } flow || realm.FindClient(flow.ClientId) is not { } client) return pages.Error.Stale(http);
        if (seal.IsStale(flow)) return Results.Redirect(flow.Restart(addresses));

        var credentials = checks.Credentials(form);
        var (user, message) = await checks.RunAsync(http, credentials, Texts.In(flow.Language));
        if (user is null)
        {
            LogRefused(logger, client.Id, message!.Code);
            return pages.Login.Render(http, flow, client, message, credentials.UserName);
        }
        await StartSessionAsync(http, user);
        LogSignedIn(logger, user.Id, client.Id);
        return Results.Redirect(flow.Resume(addresses));
    }

    private async Task StartSessionAsync(HttpContext http, RealmUser user)
    {
        if (await SessionCookie.ReadAsync(http, sessions) is { } former) await sessions.EndAsync(former.Session.Id, http.RequestAborted);
        await SessionCookie.SignInAsync(http, await sessions.StartAsync(user, http.RequestAborted));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{UserId} signed in to {Client}")]
    private static partial void LogSignedIn(ILogger logger, string userId, string client);

    [LoggerMessage(Level = LogLevel.Information, Message = "A sign-in to {Client} was refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, string client, string reason);
}
