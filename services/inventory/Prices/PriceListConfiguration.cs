using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Access;

namespace Platform.Inventory.Prices;

internal static class PriceListConfiguration
{
    public const string UniqueName = "ix_price_lists_tenant_id_lower_name";
    public const string OneDefault = "ix_price_lists_default";

    public static void Map(EntityTypeBuilder<PriceList> builder)
    {
        builder.IsProtectedResource("price_lists");
        // Those that were there before custom fields were have none.
        builder.Property(list => list.CustomFields).HasDefaultValueSql("'{}'::jsonb").ValueGeneratedNever();
        // Unique without regard to case; EF cannot index an expression of its own, so the column is computed by PostgreSQL.
        builder.Property<string>("LowerName").HasComputedColumnSql("lower(name)", stored: true);
        builder.HasIndex("TenantId", "LowerName").IsUnique().HasDatabaseName(UniqueName);
        builder.HasIndex(list => new { list.TenantId, list.IsDefault }).IsUnique().HasFilter("is_default").HasDatabaseName(OneDefault);
    }
}
