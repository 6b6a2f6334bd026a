using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Platform.Caching;
using Platform.Data;

namespace Platform.Access;

/// <summary>
/// Cached access of people: asked once a minute, dropped at once in every replica when MemberChanged or AccessChanged arrives at
/// one. What was being asked while that happened is not kept: its entry is gone, or its version is too low.
/// </summary>
public sealed class AccessDirectory
{
    private const string Kind = "access";
    private const int LoadsPerSweep = 1_000;
    private const int Attempts = 2;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(Guid Tenant, string User), Entry> _entries = new();
    private readonly ConcurrentDictionary<Guid, long> _leastVersions = new();
    private readonly IServiceScopeFactory _scopes;
    private readonly ReplicaSignal _signal;
    private readonly TimeProvider _time;
    private int _loads;

    /// <summary>Keeps nothing yet.</summary>
    public AccessDirectory(IServiceScopeFactory scopes, ReplicaSignal signal, TimeProvider time)
    {
        (_scopes, _signal, _time) = (scopes, signal, time);
        signal.On(Kind, Hear, _entries.Clear);
    }

    /// <summary>What a person may do in a tenant.</summary>
    public ValueTask<PersonAccess> GetAsync(Guid tenantId, string userId, string bearerToken, CancellationToken cancellationToken) =>
        _entries.TryGetValue((tenantId, userId), out var entry) && entry.Loaded is { } access && IsValid(tenantId, entry, access)
            ? ValueTask.FromResult(access)
            : LoadAsync((tenantId, userId), bearerToken, cancellationToken);

    /// <summary>Forgets what is known of a person.</summary>
    public void Forget(Guid tenantId, string userId) => _entries.TryRemove((tenantId, userId), out _);

    /// <summary>Forgets everybody of the tenant whose access is older than the version.</summary>
    public void Forget(Guid tenantId, long version) => _leastVersions.AddOrUpdate(tenantId, version, (_, known) => Math.Max(known, version));

    /// <summary>Every replica forgets the person.</summary>
    public Task SpreadAsync(Guid tenantId, string userId, CancellationToken cancellationToken) => _signal.SendAsync(Kind, tenantId, cancellationToken, userId);

    /// <summary>Every replica forgets everybody of the tenant whose access is older than the version.</summary>
    public Task SpreadAsync(Guid tenantId, long version, CancellationToken cancellationToken) =>
        _signal.SendAsync(Kind, tenantId, cancellationToken, version.ToString(CultureInfo.InvariantCulture));

    /// <summary>The same, when the context's transaction is committed.</summary>
    public Task SpreadAsync(PlatformDbContext db, Guid tenantId, long version, CancellationToken cancellationToken) =>
        _signal.SendAsync(db, Kind, tenantId, cancellationToken, version.ToString(CultureInfo.InvariantCulture));

    private void Hear(Guid tenantId, string detail)
    {
        if (long.TryParse(detail, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            Forget(tenantId, version);
        else
            Forget(tenantId, detail);
    }

    private async ValueTask<PersonAccess> LoadAsync((Guid Tenant, string User) key, string bearerToken, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            // In the directory before it asks: whoever forgets it meanwhile takes it out, and the answer is used by its askers only.
            var entry = _entries.GetOrAdd(key, _ => new Entry(_time.GetTimestamp(), () => AskAsync(key, bearerToken)));
            if (!_signal.MayUse(entry.Start, Lifetime))
            {
                Remove(key, entry);
                entry = _entries.GetOrAdd(key, _ => new Entry(_time.GetTimestamp(), () => AskAsync(key, bearerToken)));
            }

            var access = await WaitAsync(key, entry, cancellationToken);
            if (access.Version >= LeastVersion(key.Tenant))
                return access;
            Remove(key, entry);
            if (attempt == Attempts)
                return access;
        }
    }

    private async Task<PersonAccess> WaitAsync((Guid, string) key, Entry entry, CancellationToken cancellationToken)
    {
        try
        {
            return await entry.Answer.WaitAsync(cancellationToken);
        }
        finally
        {
            if (entry.Answer is { IsFaulted: true } or { IsCanceled: true })
                Remove(key, entry);
        }
    }

    // Nobody's cancellation ends it, because others wait for the same answer; the source has a deadline.
    private async Task<PersonAccess> AskAsync((Guid Tenant, string User) key, string bearerToken)
    {
        if (Interlocked.Increment(ref _loads) % LoadsPerSweep == 0)
            Sweep();
        await using var scope = _scopes.CreateAsyncScope();
        var source = scope.ServiceProvider.GetRequiredService<IAccessSource>();
        return new PersonAccess(await source.GetAccessAsync(key.Tenant, key.User, bearerToken, CancellationToken.None));
    }

    private void Sweep()
    {
        foreach (var (key, entry) in _entries)
        {
            if (_time.GetElapsedTime(entry.Start) >= Lifetime)
                Remove(key, entry);
        }
    }

    private bool IsValid(Guid tenant, Entry entry, PersonAccess access) => _signal.MayUse(entry.Start, Lifetime) && access.Version >= LeastVersion(tenant);

    private long LeastVersion(Guid tenant) => _leastVersions.GetValueOrDefault(tenant);

    private void Remove((Guid, string) key, Entry entry) => _entries.TryRemove(KeyValuePair.Create(key, entry));

    private sealed class Entry(long start, Func<Task<PersonAccess>> ask)
    {
        private readonly Lazy<Task<PersonAccess>> _answer = new(ask);

        public long Start { get; } = start;

        public Task<PersonAccess> Answer => _answer.Value;

        public PersonAccess? Loaded => _answer.IsValueCreated && _answer.Value.IsCompletedSuccessfully ? _answer.Value.Result : null;
    }
}
