using Platform.Identity.Events;
using Platform.Identity.Hosting;
using Platform.Identity.Realms;
using Platform.Identity.Sessions;
using Platform.Identity.SignIn;

namespace Platform.Identity.Steps;

/// <summary>Leads a person through the steps; the first one that is needed is asked, and after the last one the sign-in goes on.</summary>
internal sealed class SignInSteps(
    IEnumerable<IStep> steps, Realm realm, RealmAddresses addresses, StepPages pages, RealmStore store, SessionStore sessions, SessionEnd end, EventJournal journal, TimeProvider time)
{
    public IStep? Find(string? name) => steps.FirstOrDefault(step => step.Name == name);

    /// <summary>What is still asked of a person who has just proved something, or of one who has a session.</summary>
    public PendingSteps Begin(RealmUser user, LoginFlow flow, IReadOnlyList<string> methods, Guid? sessionId = null) => new()
    {
        UserId = user.Id,
        Stamp = user.Stamp,
        ExpiresAt = time.GetUtcNow().AddSeconds(realm.Settings.AccessCodeLifespanLogin),
        Language = flow.Language,
        Methods = methods,
        Flow = flow,
        SessionId = sessionId,
    };

    public bool IsAnythingNeeded(RealmUser user, PendingSteps pending) => steps.Any(step => step.IsNeeded(user, pending));

    /// <summary>The page of the first step that is needed; null when there is none.</summary>
    public IResult? Ask(HttpContext http, RealmUser user, PendingSteps pending) =>
        steps.FirstOrDefault(step => step.IsNeeded(user, pending))?.Render(http, user, pending);

    public async Task<IResult> ContinueAsync(HttpContext http, RealmUser user, PendingSteps pending) =>
        Ask(http, user, pending) ?? await FinishAsync(http, user, pending);

    private async Task<IResult> FinishAsync(HttpContext http, RealmUser user, PendingSteps pending)
    {
        if (pending.Flow is not { } flow)
        {
            // Whoever opened the link reads the mail of that address.
            if (!user.Profile.EmailVerified)
                await store.ChangeUserAsync(user.Id, profile => profile with { EmailVerified = true }, http.RequestAborted);
            return pages.Done(pending);
        }
        if (pending.SessionId is { } sessionId) await sessions.StrengthenAsync(sessionId, pending.Methods, http.RequestAborted);
        else await StartSessionAsync(http, user, flow, pending);
        return Results.Redirect(flow.Resume(addresses));
    }

    private async Task StartSessionAsync(HttpContext http, RealmUser user, LoginFlow flow, PendingSteps pending)
    {
        if (await SessionCookie.ReadAsync(http, sessions) is { } former) await end.EndAsync(http, former.Session.Id);
        var session = await sessions.StartAsync(http, user, pending.Methods, pending.Origin);
        journal.Record(http, EventTypes.Login, flow.ClientId, user, session.Id, credential: SignInMethods.CredentialOf(pending.Methods));
        await SessionCookie.SignInAsync(http, session);
    }
}
