using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Data;

namespace Platform.Inventory.Prices;

internal static class PriceListConfiguration
{
    public const string UniqueName = "ix_price_lists_tenant_id_lower_name";
    public const string OneDefault = "ix_price_lists_default";

    public static void Map(EntityTypeBuilder<PriceList> builder)
    {
        builder.IsResource("price_lists");
        // Unique without regard to case; EF cannot index an expression of its own, so the column is computed by PostgreSQL.
        builder.Property<string>("LowerName").HasComputedColumnSql("lower(name)", stored: true);
        builder.HasIndex("TenantId", "LowerName").IsUnique().HasDatabaseName(UniqueName);
        builder.HasIndex(list => new { list.TenantId, list.IsDefault }).IsUnique().HasFilter("is_default").HasDatabaseName(OneDefault);
    }
}
