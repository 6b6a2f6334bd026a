using Microsoft.EntityFrameworkCore;
using Platform.Identity.Data;
using Platform.Identity.Realms;

namespace Platform.Identity.Sessions;

/// <summary>Sessions live in the database, so that one that was signed out is over everywhere at once.</summary>
internal sealed class SessionStore(IdentityDbContext database, Realm realm, TimeProvider time)
{
    private static readonly TimeSpan TouchInterval = TimeSpan.FromMinutes(1);

    private TimeSpan IdleTimeout => TimeSpan.FromSeconds(realm.Settings.SsoSessionIdleTimeout);

    public async Task<UserSession> StartAsync(RealmUser user, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var session = new UserSession
        {
            Id = Guid.CreateVersion7(now),
            UserId = user.Id,
            SignedInAt = now,
            LastSeenAt = now,
            ExpiresAt = now.AddSeconds(realm.Settings.SsoSessionMaxLifespan),
        };
        database.Sessions.Add(session);
        await database.SaveChangesAsync(cancellationToken);
        return session;
    }

    /// <summary>The session and its person, unless it was signed out, sat idle, ran out, or its person has left the realm.</summary>
    public async Task<(UserSession Session, RealmUser User)?> FindAsync(string? id, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var sessionId)) return null;
        var session = await database.Sessions.AsNoTracking().SingleOrDefaultAsync(row => row.Id == sessionId, cancellationToken);
        var now = time.GetUtcNow();
        return session is not null && session.ExpiresAt > now && session.LastSeenAt + IdleTimeout > now
            && realm.FindUser(session.UserId) is { } user
            ? (session, user)
            : null;
    }

    public async Task TouchAsync(UserSession session, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now - session.LastSeenAt < TouchInterval) return;
        await database.Sessions.Where(row => row.Id == session.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(column => column.LastSeenAt, now), cancellationToken);
    }

    public Task EndAsync(Guid id, CancellationToken cancellationToken) =>
        database.Sessions.Where(row => row.Id == id).ExecuteDeleteAsync(cancellationToken);

    public Task PruneAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var idleSince = now - IdleTimeout;
        return database.Sessions.Where(row => row.ExpiresAt < now || row.LastSeenAt < idleSince).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>How long a refresh token of the session may live: until the session is idle, never past its end.</summary>
    public TimeSpan RefreshLifetime(UserSession session)
    {
        var left = session.ExpiresAt - time.GetUtcNow();
        return left < IdleTimeout ? left : IdleTimeout;
    }
}
