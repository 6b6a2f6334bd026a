using Platform.Identity.Events;
using Platform.Identity.Mail;
using Platform.Identity.Otp;
using Platform.Identity.Pages;
using Platform.Identity.Passwords;
using Platform.Identity.Realms;
using Platform.Identity.SignIn;
using Platform.Identity.Steps;

namespace Platform.Identity.Account;

/// <summary>A person's password and second factor.</summary>
internal sealed class SecurityPage(
    AccountGate gate, AccountView view, Authenticator authenticator, PasswordChange change, PasswordPolicy policy, RealmStore store, SignInSteps steps,
    Mailer mailer, EventJournal journal, TimeProvider time)
{
    private const string Here = AccountView.Security;

    public Task<IResult> Show(HttpContext http) => gate.ShowAsync(http, Here, visit => Task.FromResult(Render(http, visit)));

    public Task<IResult> ChangePassword(HttpContext http) => gate.ChangeAsync(http, Here, isSensitive: false, async (visit, form) =>
    {
        var texts = StepTexts.In(visit.Language);
        var (password, message) = NewPassword.Read(form, texts);
        if (message is not null) return Render(http, visit, message);
        var proof = await authenticator.AuthenticateAsync(visit.User.Username, form["password"].ToString(), http.RequestAborted);
        if (proof is SignInOutcome.Locked locked)
            return Render(http, visit, new(LoginErrors.AccountLocked, Texts.In(visit.Language).Locked(SignInChecks.Minutes(locked.For))));
        if (proof is not SignInOutcome.Success) return Render(http, visit, new(LoginErrors.WrongCredentials, visit.Texts.CurrentWrong));
        var (_, violation) = await change.ApplyAsync(http, visit.User, password, visit.Language, keepSession: visit.Session.Id);
        return violation is null
            ? view.Done(visit, Here, "password")
            : Render(http, visit, new(violation.Code, texts.Violation(violation)));
    });

    public Task<IResult> AddDevice(HttpContext http) => gate.ChangeAsync(http, Here, isSensitive: true, async (visit, _) =>
        await steps.ContinueAsync(http, visit.User, Pending(visit) with { Actions = [RequiredActions.ConfigureTotp] }));

    public Task<IResult> RemoveDevice(HttpContext http) => gate.ChangeAsync(http, Here, isSensitive: true, async (visit, form) =>
    {
        var id = form["credential"].ToString();
        var isRequired = IsRequired(visit);
        var changed = await store.ChangeUserAsync(visit.User.Id, profile => Without(profile, id, isRequired), http.RequestAborted);
        if (changed is null) return Render(http, visit, new("second_factor_required", visit.Texts.TwoStepStays));
        journal.Record(http, EventTypes.RemoveTotp, user: changed);
        if (!changed.HasOtp && changed.Profile.Email is { } email)
            mailer.Enqueue(() => Letters.SecondFactor(email, changed.FullName, visit.Language, added: false));
        return view.Done(visit, Here, "saved");
    });

    public Task<IResult> AddPasskey(HttpContext http) => gate.ChangeAsync(http, Here, isSensitive: true, async (visit, _) =>
        await steps.ContinueAsync(http, visit.User, Pending(visit) with { Actions = [RequiredActions.RegisterPasskey] }));

    public Task<IResult> RemovePasskey(HttpContext http) => gate.ChangeAsync(http, Here, isSensitive: true, async (visit, form) =>
    {
        var id = form["credential"].ToString();
        var changed = await store.ChangeUserAsync(visit.User.Id, profile => profile with
        {
            Credentials = [.. profile.Credentials.Where(credential => credential.Type != CredentialTypes.Passkey || credential.Id != id)],
        }, http.RequestAborted);
        journal.Record(http, EventTypes.RemoveCredential, user: changed);
        return view.Done(visit, Here, "saved");
    });

    public Task<IResult> RenewCodes(HttpContext http) => gate.ChangeAsync(http, Here, isSensitive: true, async (visit, _) =>
    {
        if (!visit.User.HasOtp) return Results.Redirect(view.Url(Here, visit.Language));
        var (codes, credential) = RecoveryCodes.Create(time.GetUtcNow());
        await store.ChangeUserAsync(visit.User.Id, profile => profile with
        {
            Credentials = [.. profile.Credentials.Where(other => other.Type != CredentialTypes.RecoveryCodes), credential],
        }, http.RequestAborted);
        journal.Record(http, EventTypes.UpdateCredential, user: visit.User);
        return await steps.ContinueAsync(http, visit.User, Pending(visit) with { RecoveryCodes = codes });
    });

    private PendingSteps Pending(AccountVisit visit) =>
        steps.Begin(visit.User, gate.Flow(Here, visit.Language), visit.Session.Methods.Split(' '), visit.Session.Id);

    private static bool IsRequired(AccountVisit visit) => visit.User.Organizations.Any(organization => organization.RequiresSecondFactor);

    // The last device takes the recovery codes with it; null when it may not go.
    private static UserDocument? Without(UserDocument user, string id, bool isRequired)
    {
        var left = user.Credentials.Where(credential => credential.Type != CredentialTypes.Otp || credential.Id != id).ToList();
        var isLast = left.All(credential => credential.Type != CredentialTypes.Otp);
        if (left.Count == user.Credentials.Count || (isLast && isRequired)) return null;
        return user with { Credentials = [.. left.Where(credential => !isLast || credential.Type != CredentialTypes.RecoveryCodes)] };
    }

    private IResult Render(HttpContext http, AccountVisit visit, LoginMessage? message = null)
    {
        var texts = visit.Texts;
        return view.Render(http, visit, Here, Html.Of($"""
            <section class="panel" aria-labelledby="password-title">
            <h2 id="password-title">{texts.PasswordTitle}</h2>
            <p class="hint">{texts.PasswordLead}</p>
            {view.Form(http, visit, "/password", Password(visit))}
            </section>
            <section class="panel" aria-labelledby="two-step-title">
            <h2 id="two-step-title">{texts.TwoStepTitle}</h2>
            <p class="hint">{(visit.User.HasOtp ? texts.TwoStepOn : texts.TwoStepOff)} {(IsRequired(visit) ? texts.TwoStepRequired : "")}</p>
            <ul class="rows">{visit.User.Profile.CredentialsOf(CredentialTypes.Otp).Select(device => Device(http, visit, device, texts.App, "/totp/remove"))}</ul>
            {view.Button(http, visit, "/totp/add", visit.User.HasOtp ? texts.AddAnother : texts.Add)}
            {Codes(http, visit)}
            </section>
            <section class="panel" aria-labelledby="passkeys-title">
            <h2 id="passkeys-title">{texts.PasskeysTitle}</h2>
            <p class="hint">{texts.PasskeysLead}</p>
            <ul class="rows">{visit.User.Profile.CredentialsOf(CredentialTypes.Passkey).Select(key => Device(http, visit, key, texts.PasskeyName, "/passkeys/remove"))}</ul>
            {view.Button(http, visit, "/passkeys/add", texts.PasskeyAdd)}
            </section>
            """), message);
    }

    private Html Password(AccountVisit visit)
    {
        var (texts, step) = (visit.Texts, StepTexts.In(visit.Language));
        return Html.Of($"""
            <input class="visually-hidden" type="text" name="username" value="{visit.User.Username}" autocomplete="username" readonly tabindex="-1" aria-hidden="true">
            <div class="field"><label for="password">{texts.CurrentPassword}</label>
            <input id="password" name="password" type="password" autocomplete="current-password" required></div>
            {NewPassword.Fields(step, Texts.In(visit.Language), policy.MinLength, isInvalid: false, autofocus: false)}
            <button class="primary" type="submit">{step.PasswordSave}</button>
            """);
    }

    private Html Device(HttpContext http, AccountVisit visit, CredentialDocument device, string name, string remove)
    {
        var since = DateTimeOffset.FromUnixTimeMilliseconds(device.CreatedDate ?? 0);
        return Html.Of($"""
            <li><span class="who"><span class="name">{(string.IsNullOrEmpty(device.UserLabel) ? name : device.UserLabel)}</span>
            <span class="title">{visit.Texts.Since} {AccountView.Day(since, visit.Language)}</span></span>
            {view.Button(http, visit, remove, visit.Texts.Remove, "credential", device.Id)}</li>
            """);
    }

    private Html Codes(HttpContext http, AccountVisit visit) => Html.When(visit.User.HasOtp, $"""
        <p class="hint codes-left">{visit.Texts.CodesLeft(RecoveryCodes.Left(visit.User.Profile))}</p>
        {view.Button(http, visit, "/recovery-codes", visit.Texts.NewCodes)}
        """);
}
