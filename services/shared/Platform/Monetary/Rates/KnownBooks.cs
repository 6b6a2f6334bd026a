using System.Collections.Concurrent;

namespace Platform.Monetary.Rates;

/// <summary>The companies whose rates this process knows to be in the database, and those of which it could not ask a moment ago.</summary>
internal sealed class KnownBooks(TimeProvider time)
{
    private const int MaxTenants = 100_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Guid, bool> _tenants = new();
    private readonly ConcurrentDictionary<Guid, long> _failures = new();

    public bool Has(Guid tenant) => _tenants.ContainsKey(tenant);

    public void Add(Guid tenant)
    {
        if (_tenants.Count >= MaxTenants)
            _tenants.Clear();
        _tenants[tenant] = true;
        _failures.TryRemove(tenant, out _);
    }

    /// <summary>The company could not be asked for: for ten seconds, who reads does not try.</summary>
    public void Fail(Guid tenant)
    {
        if (_failures.Count >= MaxTenants)
            _failures.Clear();
        _failures[tenant] = time.GetTimestamp();
    }

    /// <summary>Whether somebody who reads may ask; after a failure, one in ten seconds.</summary>
    public bool MayAsk(Guid tenant) => !_failures.TryGetValue(tenant, out var failed)
        || (time.GetElapsedTime(failed) > Pause && _failures.TryUpdate(tenant, time.GetTimestamp(), failed));
}
