using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Data;
using Platform.Deals.Deals;
using Platform.Deals.History;
using Platform.Monetary.Rates;
using Platform.Tenancy.Quotas;

namespace Platform.Deals;

/// <summary>The unit of work of the deals domain.</summary>
public sealed class DealsDbContext(DbContextOptions<DealsDbContext> options) : PlatformDbContext(options)
{
    internal ProtectedSet<Deal> Deals => ProtectedRows<Deal>();

    internal DbSet<DealChange> Changes => Set<DealChange>();

    /// <inheritdoc />
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        DealHistory.Follow(this, Time.GetUtcNow());
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <inheritdoc />
    protected override void Map(ModelBuilder model)
    {
        DealConfiguration.Map(model.Entity<Deal>());
        DealChangeConfiguration.Map(model.Entity<DealChange>());
        model.MapReporting();
        Quota.Map(model.Entity<Quota>());
    }
}
