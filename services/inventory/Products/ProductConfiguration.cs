using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Access;

namespace Platform.Inventory.Products;

internal static class ProductConfiguration
{
    public const string UniqueCode = "ix_products_tenant_id_lower_code";

    public static void Map(EntityTypeBuilder<Product> builder)
    {
        builder.IsProtectedResource("products");
        builder.Property(product => product.Recurrence).HasConversion<string>();
        // Unique without regard to case; EF cannot index an expression of its own, so the column is computed by PostgreSQL.
        builder.Property<string>("LowerCode").HasComputedColumnSql("lower(code)", stored: true);
        builder.HasIndex("TenantId", "LowerCode").IsUnique().HasDatabaseName(UniqueCode);
    }
}
