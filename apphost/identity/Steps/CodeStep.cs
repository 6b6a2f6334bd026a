using Platform.Identity.Events;
using Platform.Identity.Otp;
using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.Sessions;
using Platform.Identity.SignIn;

namespace Platform.Identity.Steps;

/// <summary>The second factor, of whoever has one.</summary>
internal sealed class CodeStep(StepPages pages, OtpVerifier verifier, SignInLimiter limiter, EventJournal journal) : IStep
{
    public string Name => "otp";

    // A session that began with the password alone is asked again only where an organization wants the second factor.
    public bool IsNeeded(RealmUser user, PendingSteps pending) => !pending.IsLink && user.HasOtp
        && !pending.Methods.Any(method => method is SignInMethods.OneTimePassword or SignInMethods.HardwareKey)
        && (pending.SessionId is null || user.Organizations.Any(organization => organization.RequiresSecondFactor));

    public IResult Render(HttpContext http, RealmUser user, PendingSteps pending, LoginMessage? message = null)
    {
        var texts = StepTexts.In(pending.Language);
        var state = message is null ? Html.Empty : Html.Of($""" aria-invalid="true" """);
        return pages.Form(http, pending, Name, "kc-otp-login-form", texts.CodeTitle, StepPages.Lead(texts.CodeLead), message, Html.Of($"""
            <div class="field">
            <label for="otp">{texts.Code}</label>
            <input class="code" id="otp" name="otp" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength="20" spellcheck="false" required autofocus aria-describedby="otp-hint"{state}>
            <p class="hint" id="otp-hint">{texts.CodeHint}</p>
            </div>
            <button class="primary" type="submit">{Texts.In(pending.Language).Continue}</button>
            """));
    }

    public async Task<StepResult> SubmitAsync(HttpContext http, IFormCollection form, RealmUser user, PendingSteps pending)
    {
        var (texts, common) = (StepTexts.In(pending.Language), Texts.In(pending.Language));
        if (!limiter.Allows(http)) return StepResult.Again(LoginErrors.TooManyRequests, common.TooMany);
        var outcome = await verifier.VerifyAsync(user, form["otp"].ToString(), http.RequestAborted);
        if (outcome is SignInOutcome.Success)
            return new(pending with { Methods = [.. pending.Methods, SignInMethods.OneTimePassword] });
        journal.Record(http, EventTypes.LoginError, pending.Flow?.ClientId, user, error: "invalid_totp", credential: CredentialTypes.Otp);
        return outcome is SignInOutcome.Locked locked
            ? StepResult.Again(LoginErrors.AccountLocked, common.Locked(SignInChecks.Minutes(locked.For)))
            : StepResult.Again("invalid_totp", texts.CodeWrong);
    }
}
