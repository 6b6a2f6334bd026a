using Microsoft.AspNetCore.Antiforgery;
using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.Sessions;
using Platform.Identity.SignIn;
using Platform.Identity.Steps;

namespace Platform.Identity.Account;

/// <summary>Lets a signed-in person in, and asks for a new sign-in before what protects the account is changed.</summary>
internal sealed class AccountGate(
    SessionStore sessions, SignInSteps steps, LoginPage login, AccountView view, IAntiforgery antiforgery, ErrorPage errorPage, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    public async Task<IResult> ShowAsync(HttpContext http, string page, Func<AccountVisit, Task<IResult>> show)
    {
        var language = Locale.Of(http);
        if (await SessionCookie.ReadAsync(http, sessions) is not { } current) return Login(http, page, language);
        var pending = steps.Begin(current.User, Flow(page, language), current.Session.Methods.Split(' '), current.Session.Id);
        if (steps.Ask(http, current.User, pending) is { } question) return question;
        await sessions.TouchAsync(current.Session, http.RequestAborted);
        return await show(new AccountVisit(current.User, current.Session, language));
    }

    /// <param name="isSensitive">Whether a sign-in long ago is not enough.</param>
    public async Task<IResult> ChangeAsync(HttpContext http, string page, bool isSensitive, Func<AccountVisit, IFormCollection, Task<IResult>> change)
    {
        var language = Locale.Of(http);
        if (await SessionCookie.ReadAsync(http, sessions) is not { } current) return Results.Redirect(view.Url(page, language));
        if (!http.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(http)) return errorPage.Stale(http);
        if (isSensitive && !IsProof(current.User, current.Session)) return Login(http, page, language, current.User.Username);
        // What the account or its organizations ask comes before what it wants: the page will ask.
        var pending = steps.Begin(current.User, Flow(page, language), current.Session.Methods.Split(' '), current.Session.Id);
        if (steps.IsAnythingNeeded(current.User, pending)) return Results.Redirect(view.Url(page, language));
        return await change(new AccountVisit(current.User, current.Session, language), await http.Request.ReadFormAsync(http.RequestAborted));
    }

    // Whoever has a second factor has to have shown it: a session from before it was set up does not let it be removed.
    private bool IsProof(RealmUser user, UserSession session) =>
        time.GetUtcNow() - session.SignedInAt <= Fresh && (!user.HasOtp || session.HasSecondFactor);

    public LoginFlow Flow(string page, Language language) => LoginFlow.ForAccount(view.Path(page), language, time);

    private IResult Login(HttpContext http, string page, Language language, string? userName = null) =>
        login.Render(http, Flow(page, language), Texts.In(language).Account, userName: userName);
}
