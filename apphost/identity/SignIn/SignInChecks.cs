using Microsoft.AspNetCore.Antiforgery;
using Platform.Identity.Events;
using Platform.Identity.Pages;
using Platform.Identity.Realms;

namespace Platform.Identity.SignIn;

internal sealed record Credentials(string UserName, string Password);

/// <summary>Everything that a sign-in has to pass, and what the page says when it does not.</summary>
internal sealed class SignInChecks(
    IAntiforgery antiforgery, SignInLimiter limiter, Authenticator authenticator, DemoAccounts demo, EventJournal journal, Realm realm)
{
    public Credentials Credentials(IFormCollection form) =>
        demo.Password is { } password && form[DemoAccounts.Field].ToString() is { Length: > 0 } userName
            ? new(userName, password)
            : new(form["username"].ToString(), form["password"].ToString());

    public async Task<(RealmUser? User, LoginMessage? Message)> RunAsync(HttpContext http, Credentials credentials, string? clientId, Texts texts)
    {
        if (!await antiforgery.IsRequestValidAsync(http)) return (null, new(LoginErrors.PageExpired, texts.TryAgain));
        if (credentials is { UserName: "" } or { Password: "" }) return (null, new(LoginErrors.MissingCredentials, texts.MissingCredentials));
        if (!limiter.Allows(http)) return (null, new(LoginErrors.TooManyRequests, texts.TooMany));
        var outcome = await authenticator.AuthenticateAsync(credentials.UserName, credentials.Password, http.RequestAborted);
        if (outcome is not SignInOutcome.Success) Remember(http, outcome, credentials.UserName, clientId);
        return outcome switch
        {
            SignInOutcome.Success success => (success.User, null),
            SignInOutcome.Locked locked => (null, new(LoginErrors.AccountLocked, texts.Locked(Minutes(locked.For)))),
            _ => (null, new(LoginErrors.WrongCredentials, texts.WrongCredentials)),
        };
    }

    private void Remember(HttpContext http, SignInOutcome outcome, string userName, string? clientId)
    {
        var user = realm.FindAnyByLogin(userName);
        var error = outcome is SignInOutcome.Locked ? "user_temporarily_disabled" : user is null ? "user_not_found" : "invalid_user_credentials";
        journal.Record(http, EventTypes.LoginError, clientId, user, error: error, credential: CredentialTypes.Password);
    }

    public static int Minutes(TimeSpan time) => Math.Max(1, (int)Math.Ceiling(time.TotalMinutes));
}
