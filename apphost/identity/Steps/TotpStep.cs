using Platform.Identity.Events;
using Platform.Identity.Mail;
using Platform.Identity.Otp;
using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.Sessions;
using Platform.Identity.SignIn;

namespace Platform.Identity.Steps;

/// <summary>CONFIGURE_TOTP: an authenticator app is set up, and its first code proves it.</summary>
internal sealed class TotpStep(
    StepPages pages, OtpVerifier verifier, RealmStore store, SessionEnd end, Realm realm, Mailer mailer, EventJournal journal, TimeProvider time) : IStep
{
    private const int LabelLength = 64;

    public string Name => RequiredActions.ConfigureTotp;

    public bool IsNeeded(RealmUser user, PendingSteps pending) => pending.Actions.Contains(Name)
        || (!pending.IsLink && (user.Profile.RequiredActions.Contains(Name)
            || (!user.HasOtp && !pending.Methods.Contains(SignInMethods.HardwareKey) && user.Organizations.Any(organization => organization.RequiresSecondFactor))));

    public IResult Render(HttpContext http, RealmUser user, PendingSteps pending, LoginMessage? message = null)
    {
        var texts = StepTexts.In(pending.Language);
        var secret = pending.OtpSecret ?? Totp.NewSecret();
        var address = verifier.Policy.Address(realm.DisplayName, user.Username, secret);
        return pages.Form(http, pending with { OtpSecret = secret }, Name, "kc-totp-settings-form", texts.TotpTitle, StepPages.Lead(texts.TotpLead), message, Html.Of($"""
            {QrCode.Svg(address, texts.TotpQr)}
            <details class="by-hand"><summary>{texts.TotpScan} <span>{texts.TotpByHand}</span></summary><p><code id="kc-totp-secret-key">{Spaced(secret)}</code></p></details>
            <div class="field">
            <label for="totp">{texts.TotpCode}</label>
            <input class="code" id="totp" name="totp" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength="12" required autofocus>
            </div>
            <div class="field">
            <label for="userLabel">{texts.TotpDevice}</label>
            <input id="userLabel" name="userLabel" type="text" autocomplete="off" maxlength="{LabelLength}">
            </div>
            <button class="primary" type="submit">{texts.TotpSave}</button>
            """));
    }

    public async Task<StepResult> SubmitAsync(HttpContext http, IFormCollection form, RealmUser user, PendingSteps pending)
    {
        var texts = StepTexts.In(pending.Language);
        if (pending.OtpSecret is not { } secret) return StepResult.Again(LoginErrors.PageExpired, texts.StartAgain);
        var now = time.GetUtcNow();
        var code = form["totp"].ToString().Replace(" ", "", StringComparison.Ordinal);
        if (verifier.Policy.Match(Base32.Decode(secret)!, code, now, after: 0) is not { } step) return StepResult.Again("invalid_totp", texts.CodeWrong, pending);

        var label = form["userLabel"].ToString().Trim();
        var credential = OtpCredential.Create(secret, label[..Math.Min(label.Length, LabelLength)], verifier.Policy, step, now);
        var (codes, recovery) = RecoveryCodes.Create(now);
        var changed = await store.ChangeUserAsync(user.Id, profile => Add(profile, credential, recovery), http.RequestAborted);
        if (changed is null) return StepResult.Again(LoginErrors.PageExpired, texts.StartAgain);
        await end.EndAllAsync(http, user.Id, pending.SessionId);
        journal.Record(http, EventTypes.UpdateTotp, pending.Flow?.ClientId, changed);
        if (changed.Profile.Email is { } email) mailer.Enqueue(() => Letters.SecondFactor(email, changed.FullName, pending.Language, added: true));
        return new(pending.Without(Name) with
        {
            Stamp = changed.Stamp,
            OtpSecret = null,
            RecoveryCodes = codes,
            Methods = [.. pending.Methods.Append(SignInMethods.OneTimePassword).Distinct()],
        });
    }

    // New recovery codes take the place of older ones, which may lie about.
    private static UserDocument Add(UserDocument user, CredentialDocument device, CredentialDocument recovery) => user.WithoutAction(RequiredActions.ConfigureTotp) with
    {
        Credentials = [.. user.Credentials.Where(other => other.Type != CredentialTypes.RecoveryCodes), device, recovery],
    };

    private static string Spaced(string secret) => string.Join(' ', secret.Chunk(4).Select(chunk => new string(chunk)));
}
