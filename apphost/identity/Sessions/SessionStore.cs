using Microsoft.EntityFrameworkCore;
using Platform.Identity.Brokering;
using Platform.Identity.Data;
using Platform.Identity.Events;
using Platform.Identity.Realms;

namespace Platform.Identity.Sessions;

/// <summary>Sessions live in the database, so that one that was signed out is over everywhere at once.</summary>
internal sealed class SessionStore(IdentityDbContext database, Realm realm, TimeProvider time)
{
    private static readonly TimeSpan TouchInterval = TimeSpan.FromMinutes(1);

    private TimeSpan IdleTimeout => TimeSpan.FromSeconds(realm.Settings.SsoSessionIdleTimeout);

    public async Task<UserSession> StartAsync(HttpContext http, RealmUser user, IEnumerable<string> methods, BrokeredSession? origin = null)
    {
        var now = time.GetUtcNow();
        var session = new UserSession
        {
            Id = Guid.CreateVersion7(now),
            UserId = user.Id,
            SignedInAt = now,
            LastSeenAt = now,
            ExpiresAt = now.AddSeconds(realm.Settings.SsoSessionMaxLifespan),
            Methods = string.Join(' ', methods),
            IpAddress = http.Connection.RemoteIpAddress?.ToString(),
            UserAgent = EventJournal.Agent(http),
            Provider = origin?.Alias,
            ProviderName = origin?.Name,
            ProviderNameFormat = origin?.Format,
            ProviderNameQualifier = origin?.Qualifier,
            ProviderSpNameQualifier = origin?.SpQualifier,
            ProviderSession = origin?.Index,
            ProviderToken = origin?.Token,
        };
        database.Sessions.Add(session);
        await database.SaveChangesAsync(http.RequestAborted);
        return session;
    }

    /// <summary>Remembers that the application is part of the session.</summary>
    public Task EnterAsync(Guid sessionId, string clientId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return database.Database.ExecuteSqlAsync($"""
            insert into session_clients (session_id, client_id, started_at)
            select id, {clientId}, {now} from sessions where id = {sessionId} on conflict do nothing
            """, cancellationToken);
    }

    /// <summary>Adds what the person has proved since the session began.</summary>
    public Task StrengthenAsync(Guid sessionId, IEnumerable<string> methods, CancellationToken cancellationToken)
    {
        var all = string.Join(' ', methods);
        return database.Sessions.Where(row => row.Id == sessionId)
            .ExecuteUpdateAsync(row => row.SetProperty(column => column.Methods, all), cancellationToken);
    }

    /// <summary>The person's live sessions with their applications, the latest used first.</summary>
    public Task<List<UserSession>> OfAsync(string userId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var idleSince = now - IdleTimeout;
        return database.Sessions.AsNoTracking().Include(session => session.Clients)
            .Where(session => session.UserId == userId && session.ExpiresAt > now && session.LastSeenAt > idleSince)
            .OrderByDescending(session => session.LastSeenAt).ToListAsync(cancellationToken);
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
