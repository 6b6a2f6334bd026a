using Platform.Identity.Events;
using Platform.Identity.Hosting;
using Platform.Identity.Mail;
using Platform.Identity.Pages;
using Platform.Identity.Realms;

namespace Platform.Identity.Steps;

/// <summary>Links that are mailed. Each is sealed, short-lived and void after the first change that it allows.</summary>
internal sealed class ActionLinks(StepsSeal seal, RealmAddresses addresses, Realm realm, Mailer mailer, MailPace pace, EventJournal journal, TimeProvider time)
{
    private int UserMinutes => Math.Max(1, realm.Settings.ActionTokenGeneratedByUserLifespan / 60);

    /// <summary>
    /// Mails a link for a new password to whoever has the name. Everything is done behind the request: neither the answer nor the
    /// time that it takes tells whether there is anybody.
    /// </summary>
    public void SendReset(HttpContext http, string login, Language language, string? clientId)
    {
        journal.Record(http, EventTypes.SendResetPassword, clientId);
        mailer.Enqueue(() => realm.FindByLogin(login) is { Profile: { ServiceAccountClientId: null, Email: { } email } } user && pace.Allows(user.Id)
            ? Letters.ResetPassword(email, user.FullName, language, Link(user, [RequiredActions.UpdatePassword], language, clientId, UserLifespan), UserMinutes)
            : null);
    }

    public void SendVerification(HttpContext http, RealmUser user, Language language, string? clientId)
    {
        if (user.Profile.Email is not { } email || !pace.Allows(user.Id)) return;
        journal.Record(http, EventTypes.SendVerifyEmail, clientId, user);
        var link = Link(user, [RequiredActions.VerifyEmail], language, clientId, UserLifespan);
        mailer.Enqueue(() => Letters.VerifyEmail(email, user.FullName, language, link, UserMinutes));
    }

    /// <summary>Mails what an administrator asks for.</summary>
    public bool SendActions(HttpContext http, RealmUser user, IReadOnlyList<string> actions, string? clientId, TimeSpan? lifespan, string? organization = null)
    {
        if (user.Profile.Email is not { } email) return false;
        var language = LanguageOf(user);
        var length = lifespan ?? TimeSpan.FromSeconds(realm.Settings.ActionTokenGeneratedByAdminLifespan);
        var hours = Math.Max(1, (int)length.TotalHours);
        var link = Link(user, actions, language, clientId, length);
        journal.Record(http, EventTypes.ExecuteActions, clientId, user);
        return mailer.Enqueue(() => organization is null
            ? Letters.Actions(email, user.FullName, language, link, realm.DisplayName, hours)
            : Letters.Invitation(email, user.FullName, language, link, organization, hours));
    }

    private TimeSpan UserLifespan => TimeSpan.FromSeconds(realm.Settings.ActionTokenGeneratedByUserLifespan);

    private string Link(RealmUser user, IReadOnlyList<string> actions, Language language, string? clientId, TimeSpan lifespan)
    {
        var pending = new PendingSteps
        {
            UserId = user.Id,
            Stamp = user.Stamp,
            ExpiresAt = time.GetUtcNow() + lifespan,
            Language = language,
            Actions = actions,
            ClientId = clientId,
        };
        return $"{addresses.Origin}{addresses.ActionToken}?key={Uri.EscapeDataString(seal.Seal(pending))}&{Locale.Parameter}={language.Code()}";
    }

    private static Language LanguageOf(RealmUser user) =>
        user.Attribute("locale") is ["ru", ..] ? Language.Russian : Language.English;
}
