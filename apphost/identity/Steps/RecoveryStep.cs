using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.SignIn;

namespace Platform.Identity.Steps;

/// <summary>Shows recovery codes, once.</summary>
internal sealed class RecoveryStep(StepPages pages) : IStep
{
    public string Name => "recovery-codes";

    public bool IsNeeded(RealmUser user, PendingSteps pending) => pending.RecoveryCodes.Count > 0;

    public IResult Render(HttpContext http, RealmUser user, PendingSteps pending, LoginMessage? message = null)
    {
        var texts = StepTexts.In(pending.Language);
        return pages.Form(http, pending, Name, "kc-recovery-codes-form", texts.RecoveryTitle, StepPages.Lead(texts.RecoveryLead), message, Html.Of($"""
            <ol class="codes">{pending.RecoveryCodes.Select(code => Html.Of($"<li><code>{code}</code></li>"))}</ol>
            <button class="primary" type="submit" autofocus>{texts.RecoveryKept}</button>
            """));
    }

    public Task<StepResult> SubmitAsync(HttpContext http, IFormCollection form, RealmUser user, PendingSteps pending) =>
        Task.FromResult(new StepResult(pending with { RecoveryCodes = [] }));
}
