using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Data;
using Platform.Deals.Deals;
using Platform.Monetary.Rates;
using Platform.Tenancy.Quotas;

namespace Platform.Deals;

/// <summary>The unit of work of the deals domain.</summary>
public sealed class DealsDbContext(DbContextOptions<DealsDbContext> options) : PlatformDbContext(options)
{
    internal ProtectedSet<Deal> Deals => ProtectedRows<Deal>();

    /// <inheritdoc />
    protected override void Map(ModelBuilder model)
    {
        DealConfiguration.Map(model.Entity<Deal>());
        model.MapReporting();
        Quota.Map(model.Entity<Quota>());
    }
}
