using System.Collections.Concurrent;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace Platform.Gateway.Sessions.Storage;

/// <summary>
/// The sessions of all replicas. What was read is good for a moment (<see cref="SessionOptions.CacheFor"/>), so that the many
/// requests of one page cost one read; what this replica ends is over here at once.
/// </summary>
internal sealed class SessionStore(SealedState state, SessionIndex index, IOptions<SessionOptions> options, TimeProvider time)
{
    private static readonly TimeSpan TouchInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RestOfEnded = TimeSpan.FromMinutes(2);

    // More is no person; the oldest ones make room.
    private const int MaxPerPerson = 50;

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);
    private readonly SessionOptions _options = options.Value;
    private long _sweptAt = time.GetTimestamp();

    /// <summary>Keeps a new session.</summary>
    public async Task AddAsync(string key, Session session, CancellationToken cancellationToken)
    {
        var entry = new IndexEntry(session.Id, key, session.EndTime);
        foreach (var list in IndexesOf(session))
            await index.AddAsync(list, entry, cancellationToken);
        if (!await state.TrySaveAsync(key, session, null, session.EndTime - time.GetUtcNow(), SessionJson.Default.Session, cancellationToken))
            throw new RpcException(new Status(StatusCode.Unavailable, "The state store has not taken a new session."));
        foreach (var surplus in (await index.ListAsync(SessionIndex.OfPerson(session.Person.Id), cancellationToken)).SkipLast(MaxPerPerson))
        {
            await EndAsync(surplus.Key, cancellationToken);
            await index.RemoveAsync(SessionIndex.OfPerson(session.Person.Id), [surplus.Key], cancellationToken);
        }
    }

    /// <summary>The session, if it has not ended; seen now.</summary>
    public async Task<Session?> UseAsync(string key, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_known.TryGetValue(key, out var known) && now - known.ReadTime < _options.CacheFor)
            return IsAlive(known.Session, now) ? known.Session : null;
        Sweep(now);
        var read = await ReadAsync(key, cancellationToken);
        if (read.Value is not { } session)
            return null;
        var seen = session with { LastSeenTime = now };
        // A lost race does not matter: somebody else has just written the same, or ends the session.
        if (now - session.LastSeenTime >= TouchInterval && await TrySaveAsync(key, seen, read.Version!, cancellationToken))
            return seen;
        Remember(key, session);
        return session;
    }

    /// <summary>The session as it stands in the store, if it has not ended.</summary>
    public async Task<Versioned<Session>> ReadAsync(string key, CancellationToken cancellationToken)
    {
        var found = await state.GetAsync(key, SessionJson.Default.Session, cancellationToken);
        return found.Value is { } session && IsAlive(session, time.GetUtcNow()) ? found : default;
    }

    /// <summary>Whether a session has ended because nobody used it.</summary>
    public async Task<bool> WasLeftAsync(string key, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return (await state.GetAsync(key, SessionJson.Default.Session, cancellationToken)).Value is { } session && session.EndTime > now && !IsAlive(session, now);
    }

    /// <summary>Writes a changed session; false where it has changed or ended meanwhile.</summary>
    public async Task<bool> TrySaveAsync(string key, Session session, string version, CancellationToken cancellationToken)
    {
        if (!await state.TrySaveAsync(key, session, version, session.EndTime - time.GetUtcNow(), SessionJson.Default.Session, cancellationToken))
            return false;
        Remember(key, session);
        return true;
    }

    /// <summary>Ends a session in all replicas; gives it as it was last, null where it had ended already.</summary>
    public async Task<Session?> EndAsync(string key, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await ReadAsync(key, cancellationToken);
            if (read.Value is not { } session)
                return null;
            // The row stays for a moment: stores differ in what a write does that was begun before a deletion.
            var ended = session with { EndTime = time.GetUtcNow(), Tokens = new TokenSet("", default, null, null) };
            if (!await state.TrySaveAsync(key, ended, read.Version, RestOfEnded, SessionJson.Default.Session, cancellationToken))
                continue;
            Remember(key, ended);
            foreach (var list in IndexesOf(session))
                await index.RemoveAsync(list, [key], cancellationToken);
            return session;
        }
    }

    /// <summary>The sessions of an index, by their keys; those that have ended are left out.</summary>
    public async Task<IReadOnlyList<KeyValuePair<string, Session>>> ListAsync(string list, CancellationToken cancellationToken)
    {
        var sessions = new List<KeyValuePair<string, Session>>();
        foreach (var entry in await index.ListAsync(list, cancellationToken))
        {
            if ((await ReadAsync(entry.Key, cancellationToken)).Value is { } session)
                sessions.Add(new(entry.Key, session));
        }

        return sessions;
    }

    private static IEnumerable<string> IndexesOf(Session session)
    {
        yield return SessionIndex.OfPerson(session.Person.Id);
        if (session.SingleSignOnId is { } id)
            yield return SessionIndex.OfSingleSignOn(id);
    }

    private bool IsAlive(Session session, DateTimeOffset now) => session.EndTime > now && session.LastSeenTime + _options.IdleTimeout > now;

    // What has ended here stays so, whatever a request that began before has read.
    private void Remember(string key, Session session)
    {
        var now = time.GetUtcNow();
        _known.AddOrUpdate(key, new Known(session, now), (_, former) => IsAlive(former.Session, now) ? new Known(session, now) : former);
    }

    private void Sweep(DateTimeOffset now)
    {
        var (last, timestamp) = (Interlocked.Read(ref _sweptAt), time.GetTimestamp());
        if (time.GetElapsedTime(last, timestamp) < SweepInterval || Interlocked.CompareExchange(ref _sweptAt, timestamp, last) != last)
            return;
        foreach (var (key, known) in _known)
        {
            if (now - known.ReadTime >= _options.CacheFor)
                _known.TryRemove(new(key, known));
        }
    }

    private sealed record Known(Session Session, DateTimeOffset ReadTime);
}
