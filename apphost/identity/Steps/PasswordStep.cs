using Platform.Identity.Pages;
using Platform.Identity.Passwords;
using Platform.Identity.Realms;
using Platform.Identity.SignIn;

namespace Platform.Identity.Steps;

/// <summary>UPDATE_PASSWORD: a new password, because an administrator wants it or the old one is forgotten.</summary>
internal sealed class PasswordStep(StepPages pages, PasswordChange change, PasswordPolicy policy) : IStep
{
    public string Name => RequiredActions.UpdatePassword;

    public bool IsNeeded(RealmUser user, PendingSteps pending) =>
        pending.Actions.Contains(Name) || (!pending.IsLink && user.Profile.RequiredActions.Contains(Name));

    public IResult Render(HttpContext http, RealmUser user, PendingSteps pending, LoginMessage? message = null)
    {
        var texts = StepTexts.In(pending.Language);
        return pages.Form(http, pending, Name, "kc-passwd-update-form", texts.PasswordTitle, StepPages.Lead(texts.PasswordLead), message, Html.Of($"""
            <input class="visually-hidden" type="text" name="username" value="{user.Username}" autocomplete="username" readonly tabindex="-1" aria-hidden="true">
            {NewPassword.Fields(texts, Texts.In(pending.Language), policy.MinLength, message is not null)}
            <button class="primary" type="submit">{texts.PasswordSave}</button>
            """));
    }

    public async Task<StepResult> SubmitAsync(HttpContext http, IFormCollection form, RealmUser user, PendingSteps pending)
    {
        var texts = StepTexts.In(pending.Language);
        var (password, message) = NewPassword.Read(form, texts);
        if (message is not null) return new(null, message);
        var (changed, violation) = await change.ApplyAsync(http, user, password, pending.Language, pending.SessionId);
        return violation is not null ? StepResult.Again(violation.Code, texts.Violation(violation))
            : changed is null ? StepResult.Again(LoginErrors.PageExpired, texts.StartAgain)
            : new(pending.Without(Name) with { Stamp = changed.Stamp });
    }
}
