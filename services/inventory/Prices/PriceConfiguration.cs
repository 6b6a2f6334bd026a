using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Access;
using Platform.Inventory.Products;

namespace Platform.Inventory.Prices;

internal static class PriceConfiguration
{
    public const string UniqueStep = "ix_prices_step";
    public const string ListKey = "fk_prices_price_lists";
    public const string ProductKey = "fk_prices_products";

    public static void Map(EntityTypeBuilder<Price> builder)
    {
        builder.IsProtectedResource("prices");
        // Those that were there before custom fields were have none.
        builder.Property(price => price.CustomFields).HasDefaultValueSql("'{}'::jsonb").ValueGeneratedNever();
        builder.HasOne<PriceList>().WithMany().HasForeignKey(price => new { price.TenantId, price.PriceListId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName(ListKey);
        builder.HasOne<Product>().WithMany().HasForeignKey(price => new { price.TenantId, price.ProductId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName(ProductKey);
        // The product first: prices are asked for by it.
        builder.HasIndex(price => new { price.TenantId, price.ProductId, price.PriceListId, price.Currency, price.MinQuantity, price.StartDate }).IsUnique().HasDatabaseName(UniqueStep);
        builder.HasIndex(price => new { price.TenantId, price.PriceListId, price.Id });
        builder.ToTable(table => table.HasCheckConstraint("ck_prices_days", "start_date <= end_date"));
    }
}
