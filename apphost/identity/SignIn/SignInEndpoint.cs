using Microsoft.AspNetCore.Antiforgery;
using Platform.Identity.Hosting;
using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.Sessions;

namespace Platform.Identity.SignIn;

/// <summary>Where the login form is sent.</summary>
internal static class SignInEndpoint
{
    public static async Task<IResult> Handle(
        HttpContext http, Realm realm, RealmAddresses addresses, LoginFlowSeal seal, LoginPage page, ErrorPage errors,
        IAntiforgery antiforgery, SignInLimiter limiter, Authenticator authenticator, SessionStore sessions, DemoAccounts demo)
    {
        if (!http.Request.HasFormContentType) return errors.Stale(http);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (seal.Open(form["flow"]) is not { } flow || realm.FindClient(flow.ClientId) is not { } client) return errors.Stale(http);
        if (seal.IsStale(flow)) return Results.Redirect(flow.Restart(addresses));

        var (userName, password) = Credentials(form, demo);
        if (await RefuseAsync(http, flow, userName, password, antiforgery, limiter) is { } refusal)
            return page.Render(http, flow, client, refusal, userName);
        var outcome = await authenticator.AuthenticateAsync(userName, password, http.RequestAborted);
        if (outcome is not SignInOutcome.Success success)
            return page.Render(http, flow, client, Explain(outcome, Texts.In(flow.Language)), userName);

        if (await SessionCookie.ReadAsync(http, sessions) is { } former) await sessions.EndAsync(former.Session.Id, http.RequestAborted);
        await SessionCookie.SignInAsync(http, await sessions.StartAsync(success.User, http.RequestAborted));
        return Results.Redirect(flow.Resume(addresses));
    }

    private static (string UserName, string Password) Credentials(IFormCollection form, DemoAccounts demo) =>
        demo.Password is { } password && form[DemoAccounts.Field].ToString() is { Length: > 0 } userName
            ? (userName, password)
            : (form["username"].ToString(), form["password"].ToString());

    private static async Task<LoginMessage?> RefuseAsync(
        HttpContext http, LoginFlow flow, string userName, string password, IAntiforgery antiforgery, SignInLimiter limiter)
    {
        var texts = Texts.In(flow.Language);
        if (!await antiforgery.IsRequestValidAsync(http)) return new(LoginErrors.PageExpired, texts.TryAgain);
        if (userName.Length == 0 || password.Length == 0) return new(LoginErrors.MissingCredentials, texts.MissingCredentials);
        return limiter.Allows(http) ? null : new(LoginErrors.TooManyRequests, texts.TooMany);
    }

    private static LoginMessage Explain(SignInOutcome outcome, Texts texts) => outcome is SignInOutcome.Locked locked
        ? new(LoginErrors.AccountLocked, texts.Locked(Math.Max(1, (int)Math.Ceiling(locked.For.TotalMinutes))))
        : new(LoginErrors.WrongCredentials, texts.WrongCredentials);
}
