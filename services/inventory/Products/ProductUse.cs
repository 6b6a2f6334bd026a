using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Inventory.Products;

/// <summary>A line of a deal or a quote named the product: it stays for whoever looks it up from there.</summary>
[NotAudited("What names the product is in the log of the document.")]
internal sealed class ProductUse : ITenantOwned
{
    public const string ProductKey = "fk_product_uses_products";

    public Guid TenantId { get; set; }

    public Guid ProductId { get; private init; }

    public static void Map(EntityTypeBuilder<ProductUse> builder)
    {
        builder.ToTable("product_uses");
        builder.HasKey(use => new { use.TenantId, use.ProductId });
        builder.HasOne<Product>().WithOne().HasForeignKey<ProductUse>(use => new { use.TenantId, use.ProductId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName(ProductKey);
    }
}
