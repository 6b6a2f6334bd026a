using Microsoft.EntityFrameworkCore;

namespace Platform.Tenants.ExchangeRates;

/// <summary>Changes of a company's rates: one after the other, each with a number of its own, and told to those who keep copies.</summary>
internal static class RateChanges
{
    /// <summary>
    /// The number of a change that the open transaction makes; other changes of the company wait for its end, so that whoever has
    /// read up to a number has read all up to it.
    /// </summary>
    public static async Task<long> BeginRateChangeAsync(this TenantsDbContext db, CancellationToken cancellationToken)
    {
        var tenant = db.Caller.RequiredTenantId;
        var version = (await db.Database.SqlQuery<long>(
            $"""
            INSERT INTO rate_versions AS known (tenant_id, version) VALUES ({tenant}, 1)
            ON CONFLICT (tenant_id) DO UPDATE SET version = known.version + 1
            RETURNING version AS "Value"
            """).ToListAsync(cancellationToken)).Single();
        db.Publish(tenant, new V1.ExchangeRatesChanged { Version = version });
        return version;
    }
}
