using System.Collections.Concurrent;
using Platform.Caching;

namespace Platform.Tenancy.Quotas;

/// <summary>Which quotas a tenant has here: for most there are none, and nothing more to do.</summary>
internal sealed class QuotaDirectory
{
    private const string Kind = "quotas";
    private const int MostTenants = 10_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, (string[] Names, long ReadAt)> _known = new();
    private readonly ReplicaSignal _signal;
    private readonly TimeProvider _time;
    private long _generation;

    public QuotaDirectory(ReplicaSignal signal, TimeProvider time)
    {
        (_signal, _time) = (signal, time);
        signal.On(Kind, tenant => Forget(() => _known.TryRemove(tenant, out _)), () => Forget(_known.Clear));
    }

    public async ValueTask<string[]> NamesAsync(Guid tenant, Func<Task<string[]>> read)
    {
        if (_known.TryGetValue(tenant, out var entry) && _signal.MayUse(entry.ReadAt, Lifetime))
            return entry.Names;
        var (generation, readAt) = (Volatile.Read(ref _generation), _time.GetTimestamp());
        var names = await read();
        if (_known.Count >= MostTenants)
            _known.Clear();
        // What was changed meanwhile may have been read as it was before.
        if (generation == Volatile.Read(ref _generation))
            _known[tenant] = (names, readAt);
        return names;
    }

    /// <summary>Every replica looks again.</summary>
    public Task SpreadAsync(Guid tenant, CancellationToken cancellationToken) => _signal.SendAsync(Kind, tenant, cancellationToken);

    private void Forget(Action forget)
    {
        Interlocked.Increment(ref _generation);
        forget();
    }
}
