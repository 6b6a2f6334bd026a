using Microsoft.EntityFrameworkCore;
using Platform.Identity.Data;
using Platform.Identity.Events;
using Platform.Identity.Realms;

namespace Platform.Identity.Sessions;

/// <summary>
/// Ends sessions: with the session's row goes the right to refresh its tokens, and in the same transaction a notice is left for
/// each application that wants to hear of it.
/// </summary>
internal sealed class SessionEnd(IdentityDbContext database, Realm realm, EventJournal journal, LogoutSignal signal, TimeProvider time)
{
    public Task EndAsync(HttpContext http, Guid sessionId) => EndAsync(http, database.Sessions.Where(session => session.Id == sessionId));

    /// <summary>All of a person's sessions, except one when it is given.</summary>
    public Task EndAllAsync(HttpContext http, string userId, Guid? except = null) =>
        EndAsync(http, database.Sessions.Where(session => session.UserId == userId && session.Id != except));

    /// <summary>Those that began at a provider which signs their person out there: of the sessions that it names, or all when it names none.</summary>
    /// <param name="name">Whom the provider means; null where it names sessions alone.</param>
    public Task EndFromAsync(HttpContext http, string provider, string? name, List<string> providerSessions) => name is null
        ? EndAsync(http, database.Sessions.Where(session => session.Provider == provider && session.ProviderSession != null && providerSessions.Contains(session.ProviderSession)))
        : EndAsync(http, database.Sessions.Where(session => session.Provider == provider && session.ProviderName == name
            && (providerSessions.Count == 0 || session.ProviderSession == null || providerSessions.Contains(session.ProviderSession))));

    private async Task EndAsync(HttpContext http, IQueryable<UserSession> which)
    {
        // To the end, also where the browser has gone away meanwhile: who wanted to be signed out is.
        var sessions = await which.Include(session => session.Clients).ToListAsync(CancellationToken.None);
        if (sessions.Count == 0) return;
        var notices = sessions.SelectMany(session => session.Clients.Where(WantsToHear).Select(client => Notice(session, client))).ToList();
        database.LogoutNotices.AddRange(notices);
        database.Sessions.RemoveRange(sessions);
        try
        {
            await database.SaveChangesAsync(CancellationToken.None);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody else ended one of them meanwhile: what is left is ended again.
            database.ChangeTracker.Clear();
            await EndAsync(http, which);
            return;
        }
        foreach (var session in sessions) journal.Record(http, EventTypes.Logout, null, realm.FindAnyUser(session.UserId), session.Id);
        if (notices.Count > 0) signal.Set();
    }

    private bool WantsToHear(SessionClient client) => realm.FindClient(client.ClientId)?.BackChannelLogoutUrl is not null;

    private LogoutNotice Notice(UserSession session, SessionClient client)
    {
        var now = time.GetUtcNow();
        return new()
        {
            Id = Guid.CreateVersion7(now),
            ClientId = client.ClientId,
            UserId = session.UserId,
            SessionId = session.Id,
            DueAt = now,
        };
    }
}
