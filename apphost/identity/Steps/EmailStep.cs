using Platform.Identity.Events;
using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.SignIn;

namespace Platform.Identity.Steps;

/// <summary>VERIFY_EMAIL: before a sign-in goes on, a mailed link is waited for; behind that link, the address is confirmed.</summary>
internal sealed class EmailStep(StepPages pages, ActionLinks links, RealmStore store, Realm realm, SignInLimiter limiter, EventJournal journal) : IStep
{
    public string Name => RequiredActions.VerifyEmail;

    public bool IsNeeded(RealmUser user, PendingSteps pending) => pending.IsLink
        ? pending.Actions.Contains(Name)
        : !user.Profile.EmailVerified && user.Profile.Email is not null
            && (realm.Settings.VerifyEmail || pending.Actions.Contains(Name) || user.Profile.RequiredActions.Contains(Name));

    public IResult Render(HttpContext http, RealmUser user, PendingSteps pending, LoginMessage? message = null) =>
        pending.IsLink ? Confirm(http, user, pending) : Wait(http, user, pending, message);

    public async Task<StepResult> SubmitAsync(HttpContext http, IFormCollection form, RealmUser user, PendingSteps pending)
    {
        if (!pending.IsLink) return Look(http, form, user, pending);
        if (await store.ChangeUserAsync(user.Id, profile => profile.WithoutAction(Name) with { EmailVerified = true }, http.RequestAborted) is not { } changed)
            return StepResult.Again(LoginErrors.PageExpired, StepTexts.In(pending.Language).StartAgain);
        journal.Record(http, EventTypes.VerifyEmail, pending.ClientId, changed);
        return new(pending.Without(Name) with { Stamp = changed.Stamp });
    }

    private StepResult Look(HttpContext http, IFormCollection form, RealmUser user, PendingSteps pending)
    {
        var texts = StepTexts.In(pending.Language);
        if (!form.ContainsKey("again"))
            return user.Profile.EmailVerified ? new(pending.Without(Name)) : StepResult.Again("email_not_verified", texts.EmailNotYet);
        if (!limiter.Allows(http)) return StepResult.Again(LoginErrors.TooManyRequests, Texts.In(pending.Language).TooMany);
        links.SendVerification(http, user, pending.Language, pending.Flow?.ClientId);
        return StepResult.Again("sent_again", texts.EmailLead(user.Profile.Email!));
    }

    private IResult Wait(HttpContext http, RealmUser user, PendingSteps pending, LoginMessage? message)
    {
        var texts = StepTexts.In(pending.Language);
        if (message is null) links.SendVerification(http, user, pending.Language, pending.Flow?.ClientId);
        return pages.Form(http, pending, Name, "kc-verify-email-form", texts.EmailTitle, StepPages.Lead(texts.EmailLead(user.Profile.Email!)), message, Html.Of($"""
            <button class="primary" type="submit" autofocus>{texts.EmailDone}</button>
            <button class="secondary" type="submit" name="again" value="yes">{texts.EmailAgain}</button>
            """));
    }

    // A button and not the link itself: mail scanners open every link.
    private IResult Confirm(HttpContext http, RealmUser user, PendingSteps pending)
    {
        var texts = StepTexts.In(pending.Language);
        return pages.Form(http, pending, Name, "kc-verify-email-form", texts.EmailConfirmTitle, StepPages.Lead(texts.EmailConfirmLead(user.Profile.Email ?? "")), null, Html.Of($"""
            <button class="primary" type="submit" autofocus>{texts.EmailConfirm}</button>
            """));
    }
}
