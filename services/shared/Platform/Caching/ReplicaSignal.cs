using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Data;

namespace Platform.Caching;

/// <summary>
/// Tells every replica of a service that what it keeps in memory of a tenant has changed, over a NOTIFY of the service's own
/// database. For rare changes only: transactions that notify commit one after another.
/// </summary>
public sealed class ReplicaSignal(TimeProvider time, NpgsqlDataSource? database = null)
{
    internal const string Channel = "platform_replicas";

    private const char Separator = ' ';
    private const long Never = long.MinValue;

    /// <summary>How long the listener may be silent before it counts as deaf.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMilliseconds(1_500);

    /// <summary>How long anything lives where no signal would be heard.</summary>
    private static readonly TimeSpan DeafLifetime = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, ConcurrentBag<Listener>> _listeners = new(StringComparer.Ordinal);
    private long _heardAt = Never;

    /// <summary>Whether signals are heard right now.</summary>
    public bool IsHearing => Volatile.Read(ref _heardAt) is var heardAt && heardAt != Never && time.GetElapsedTime(heardAt) < LongestSilence;

    /// <summary>Says what a kind of change makes wrong in this process.</summary>
    /// <param name="kind">Name of the kind, without spaces.</param>
    /// <param name="forget">Forgets what is kept of a tenant; also what is being read at this moment. May be called once too often, and must not throw.</param>
    /// <param name="forgetAll">Forgets everything of this kind: signals may have been missed.</param>
    public void On(string kind, Action<Guid> forget, Action forgetAll) => On(kind, (tenant, _) => forget(tenant), forgetAll);

    /// <summary>The same, with what the sender said beside the tenant.</summary>
    public void On(string kind, Action<Guid, string> forget, Action forgetAll) =>
        _listeners.GetOrAdd(kind, _ => []).Add(new Listener(forget, forgetAll));

    /// <summary>Sends in the context's transaction, or alone where none is open: heard when, and only when, it is committed.</summary>
    /// <param name="db">A context on the service's shared database.</param>
    /// <param name="kind">Name of the kind.</param>
    /// <param name="tenant">Whose entries are wrong.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    /// <param name="detail">Anything else, such as a version; no secret, less than 4,000 characters.</param>
    public Task SendAsync(PlatformDbContext db, string kind, Guid tenant, CancellationToken cancellationToken, string detail = "") =>
        db.Database.ExecuteSqlAsync($"SELECT pg_notify({Channel}, {Write(kind, tenant, detail)})", cancellationToken);

    /// <summary>Sends at once what has happened elsewhere, as the handler of an event does: a failure brings the event again.</summary>
    public async Task SendAsync(string kind, Guid tenant, CancellationToken cancellationToken, string detail = "")
    {
        var text = Write(kind, tenant, detail);
        Receive(text);
        if (database is null)
            return;
        await using var command = database.CreateCommand($"SELECT pg_notify('{Channel}', $1)");
        command.Parameters.Add(new() { Value = text });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Whether what was read at this timestamp may still be used: for its usual lifetime, but only a second where no signal would be heard.</summary>
    public bool MayUse(long readAt, TimeSpan lifetime) => time.GetElapsedTime(readAt) is var age && age < lifetime && (age < DeafLifetime || IsHearing);

    /// <summary>The listener is connected; what was sent before is lost.</summary>
    internal void Connected()
    {
        foreach (var listener in _listeners.Values.SelectMany(listeners => listeners))
            listener.ForgetAll();
        Heard(time.GetTimestamp());
    }

    /// <summary>All that was sent before this timestamp has been received.</summary>
    internal void Heard(long timestamp) => Volatile.Write(ref _heardAt, timestamp);

    /// <summary>The listener's connection is gone.</summary>
    internal void Lost() => Volatile.Write(ref _heardAt, Never);

    internal void Receive(string text)
    {
        if (text.Split(Separator, 3) is not [var kind, var id, var detail] || !Guid.TryParse(id, out var tenant) || !_listeners.TryGetValue(kind, out var listeners))
            return;
        foreach (var listener in listeners)
            listener.Forget(tenant, detail);
    }

    private static string Write(string kind, Guid tenant, string detail) => $"{kind}{Separator}{tenant}{Separator}{detail}";

    private sealed record Listener(Action<Guid, string> Forget, Action ForgetAll);
}
