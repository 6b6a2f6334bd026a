using Platform.Identity.Events;
using Platform.Identity.Mail;
using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.Sessions;
using Platform.Identity.SignIn;

namespace Platform.Identity.Passwords;

/// <summary>
/// Sets a new password: the policy is asked, the old one joins the history, the person's other sessions end, and a mail tells of it,
/// because the owner of the account may not be the one who did it.
/// </summary>
internal sealed class PasswordChange(
    PasswordPolicy policy, RealmStore store, SessionEnd sessions, BruteForceGuard guard, Mailer mailer, EventJournal journal, TimeProvider time)
{
    public async Task<(RealmUser? User, PasswordViolation? Violation)> ApplyAsync(
        HttpContext http, RealmUser user, string password, Language language, Guid? keepSession = null)
    {
        if (await Task.Run(() => policy.Check(user.Profile, password), http.RequestAborted) is { } violation) return (null, violation);
        var credential = await Task.Run(() => PasswordHash.Create(password, time.GetUtcNow()), http.RequestAborted);
        var changed = await store.ChangeUserAsync(
            user.Id, profile => Set(profile, credential).WithoutAction(RequiredActions.UpdatePassword), http.RequestAborted);
        if (changed is null) return (null, null);
        await sessions.EndAllAsync(http, user.Id, keepSession);
        await guard.SucceedAsync(user.Username, http.RequestAborted);
        journal.Record(http, EventTypes.UpdatePassword, user: changed);
        if (changed.Profile.Email is { } email) mailer.Enqueue(() => Letters.PasswordChanged(email, changed.FullName, language));
        return (changed, null);
    }

    /// <summary>The person with the password in place of the former one, which the history keeps.</summary>
    public UserDocument Set(UserDocument user, CredentialDocument credential)
    {
        var former = user.CredentialsOf(CredentialTypes.Password)
            .Select(old => old with { Type = CredentialTypes.PasswordHistory, UserLabel = null })
            .Concat(user.CredentialsOf(CredentialTypes.PasswordHistory).OrderByDescending(old => old.CreatedDate))
            .Take(Math.Max(0, policy.History - 1));
        var others = user.Credentials.Where(other => other.Type is not (CredentialTypes.Password or CredentialTypes.PasswordHistory));
        return user with { Credentials = [credential, .. former, .. others] };
    }
}
