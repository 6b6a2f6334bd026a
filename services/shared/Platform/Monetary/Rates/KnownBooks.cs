using System.Collections.Concurrent;

namespace Platform.Monetary.Rates;

/// <summary>The companies whose rates this process knows to be in the database.</summary>
internal sealed class KnownBooks
{
    private const int MaxTenants = 100_000;

    private readonly ConcurrentDictionary<Guid, bool> _tenants = new();

    public bool Has(Guid tenant) => _tenants.ContainsKey(tenant);

    public void Add(Guid tenant)
    {
        if (_tenants.Count >= MaxTenants)
            _tenants.Clear();
        _tenants[tenant] = true;
    }
}
