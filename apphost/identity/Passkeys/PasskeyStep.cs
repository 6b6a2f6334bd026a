using Platform.Identity.Events;
using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.SignIn;
using Platform.Identity.Steps;

namespace Platform.Identity.Passkeys;

/// <summary>webauthn-register-passwordless: a passkey is made.</summary>
internal sealed class PasskeyStep(StepPages pages, PasskeyCeremony ceremony, RealmStore store, EventJournal journal, TimeProvider time) : IStep
{
    private const int LabelLength = 64;

    public string Name => RequiredActions.RegisterPasskey;

    public bool IsNeeded(RealmUser user, PendingSteps pending) => pending.Actions.Contains(Name)
        || (!pending.IsLink && user.Profile.RequiredActions.Contains(Name));

    public IResult Render(HttpContext http, RealmUser user, PendingSteps pending, LoginMessage? message = null)
    {
        var texts = StepTexts.In(pending.Language);
        var asked = ceremony.NewKey(user);
        return pages.Form(http, pending with { PasskeyAsked = asked }, Name, "webauth", texts.PasskeyTitle, StepPages.Lead(texts.PasskeyLead), message, Html.Of($"""
            <input type="hidden" name="credential" value="">
            <div class="field">
            <label for="userLabel">{texts.TotpDevice}</label>
            <input id="userLabel" name="userLabel" type="text" autocomplete="off" maxlength="{LabelLength}">
            </div>
            <button class="primary" type="button" data-passkey="create" data-options="{asked}" autofocus>{texts.PasskeyMake}</button>
            <p class="hint" role="status" data-passkey-message="{texts.PasskeyUnsupported}"></p>
            """));
    }

    public async Task<StepResult> SubmitAsync(HttpContext http, IFormCollection form, RealmUser user, PendingSteps pending)
    {
        var texts = StepTexts.In(pending.Language);
        if (pending.PasskeyAsked is not { } asked || await ceremony.RegisterAsync(asked, form["credential"].ToString(), http.RequestAborted) is not { } key)
            return StepResult.Again("invalid_passkey", texts.PasskeyFailed);
        var label = form["userLabel"].ToString().Trim();
        var document = key.Create(label[..Math.Min(label.Length, LabelLength)], time.GetUtcNow());
        var changed = await store.ChangeUserAsync(
            user.Id, profile => profile.WithoutAction(Name) with { Credentials = [.. profile.Credentials, document] }, http.RequestAborted);
        if (changed is null) return StepResult.Again(LoginErrors.PageExpired, texts.StartAgain);
        journal.Record(http, EventTypes.UpdateCredential, pending.Flow?.ClientId, changed);
        return new(pending.Without(Name) with { Stamp = changed.Stamp, PasskeyAsked = null });
    }
}
