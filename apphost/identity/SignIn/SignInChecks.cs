using Microsoft.AspNetCore.Antiforgery;
using Platform.Identity.Pages;
using Platform.Identity.Realms;

namespace Platform.Identity.SignIn;

internal sealed record Credentials(string UserName, string Password);

/// <summary>Everything that a sign-in has to pass, and what the page says when it does not.</summary>
internal sealed class SignInChecks(IAntiforgery antiforgery, SignInLimiter limiter, Authenticator authenticator, DemoAccounts demo)
{
    public Credentials Credentials(IFormCollection form) =>
        demo.Password is { } password && form[DemoAccounts.Field].ToString() is { Length: > 0 } userName
            ? new(userName, password)
            : new(form["username"].ToString(), form["password"].ToString());

    public async Task<(RealmUser? User, LoginMessage? Message)> RunAsync(HttpContext http, Credentials credentials, Texts texts)
    {
        if (!await antiforgery.IsRequestValidAsync(http)) return (null, new(LoginErrors.PageExpired, texts.TryAgain));
        if (credentials is { UserName: "" } or { Password: "" }) return (null, new(LoginErrors.MissingCredentials, texts.MissingCredentials));
        if (!limiter.Allows(http)) return (null, new(LoginErrors.TooManyRequests, texts.TooMany));
        return await authenticator.AuthenticateAsync(credentials.UserName, credentials.Password, http.RequestAborted) switch
        {
            SignInOutcome.Success success => (success.User, null),
            SignInOutcome.Locked locked => (null, new(LoginErrors.AccountLocked, texts.Locked(Minutes(locked.For)))),
            _ => (null, new(LoginErrors.WrongCredentials, texts.WrongCredentials)),
        };
    }

    private static int Minutes(TimeSpan time) => Math.Max(1, (int)Math.Ceiling(time.TotalMinutes));
}
