using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Bulk;
using Platform.Data;
using Platform.Inventory.Prices;
using Platform.Inventory.Products;
using Platform.Monetary.Rates;
using Platform.Tenancy.Quotas;

namespace Platform.Inventory;

/// <summary>The unit of work of the inventory domain.</summary>
public sealed class InventoryDbContext(DbContextOptions<InventoryDbContext> options) : PlatformDbContext(options)
{
    internal ProtectedSet<Product> Products => ProtectedRows<Product>();

    internal DbSet<ProductUse> ProductUses => Set<ProductUse>();

    internal ProtectedSet<PriceList> PriceLists => ProtectedRows<PriceList>();

    internal ProtectedSet<Price> Prices => ProtectedRows<Price>();

    /// <inheritdoc />
    protected override void Map(ModelBuilder model)
    {
        ProductConfiguration.Map(model.Entity<Product>());
        ProductUse.Map(model.Entity<ProductUse>());
        PriceListConfiguration.Map(model.Entity<PriceList>());
        PriceConfiguration.Map(model.Entity<Price>());
        model.MapReporting();
        model.MapBulk();
        Quota.Map(model.Entity<Quota>());
    }
}
