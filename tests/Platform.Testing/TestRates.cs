using System.Collections.Concurrent;
using Platform.Monetary.Rates;
using Platform.Tenancy;
using Platform.Tenants.V1;

namespace Platform.Testing;

/// <summary>The exchange rates of companies, as a test wants the tenants service to tell them. Companies that no test speaks of reckon in euros and have none.</summary>
public sealed class TestRates
{
    private readonly ConcurrentDictionary<Guid, Known> _companies = new();
    private readonly ConcurrentDictionary<Guid, int> _asked = new();

    /// <summary>While set, the tenants service is away.</summary>
    public bool Down { get; set; }

    /// <summary>How often the company's rates were asked for.</summary>
    public int Asked(Guid tenant) => _asked.GetValueOrDefault(tenant);

    internal void Ask(Guid tenant) => _asked.AddOrUpdate(tenant, 1, (_, count) => count + 1);

    /// <summary>Sets a rate, or takes it back where it is empty; returns the version.</summary>
    public long Set(Guid tenant, string currency, string validFrom, string rate) => Change(tenant, known =>
        known.Rates[(known.Currency, currency, validFrom)] = (known.Version, rate));

    /// <summary>Gives the company another currency; returns the version.</summary>
    public long Reckon(Guid tenant, string currency) => Change(tenant, known => known.Currency = currency);

    internal ListExchangeRateChangesResponse Find(Guid tenant, long after)
    {
        var known = _companies.GetOrAdd(tenant, _ => new Known());
        lock (known)
        {
            var changed = known.Rates.Where(rate => rate.Value.Version > after).OrderBy(rate => rate.Value.Version);
            return new ListExchangeRateChangesResponse
            {
                CompanyCurrency = known.Currency,
                Version = known.Version,
                Rates = { changed.Select(rate => new ExchangeRate { CompanyCurrency = rate.Key.Company, Currency = rate.Key.Currency, ValidFrom = rate.Key.ValidFrom, Rate = rate.Value.Rate }) },
            };
        }
    }

    private long Change(Guid tenant, Action<Known> change)
    {
        var known = _companies.GetOrAdd(tenant, _ => new Known());
        lock (known)
        {
            known.Version++;
            change(known);
            return known.Version;
        }
    }

    private sealed class Known
    {
        public string Currency { get; set; } = "EUR";

        public long Version { get; set; }

        public Dictionary<(string Company, string Currency, string ValidFrom), (long Version, string Rate)> Rates { get; } = [];
    }
}

/// <summary>Stands for the tenants service, which is another process.</summary>
public sealed class TestRateSource(TestRates known) : IExchangeRateSource
{
    public Task<ListExchangeRateChangesResponse> GetChangesAsync(Caller caller, long afterVersion, CancellationToken cancellationToken)
    {
        known.Ask(caller.RequiredTenantId);
        return known.Down
            ? throw new Grpc.Core.RpcException(new Grpc.Core.Status(Grpc.Core.StatusCode.Unavailable, "away"))
            : Task.FromResult(known.Find(caller.RequiredTenantId, afterVersion));
    }
}
