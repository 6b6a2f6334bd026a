using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Data;
using Platform.Tenants.Tenants;

namespace Platform.Tenants.ApiKeys;

internal static class ApiKeyConfiguration
{
    public static void Map(EntityTypeBuilder<ApiKey> builder)
    {
        builder.IsResource("api_keys");
        builder.HasOne<Tenant>().WithMany().HasForeignKey(key => key.TenantId).HasPrincipalKey(tenant => tenant.TenantId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(key => key.Use).WithOne().HasForeignKey<ApiKeyUse>(use => new { use.TenantId, use.ApiKeyId }).OnDelete(DeleteBehavior.Cascade);
    }

    public static void Map(EntityTypeBuilder<ApiKeyUse> builder)
    {
        builder.ToTable("api_key_uses");
        builder.HasKey(use => new { use.TenantId, use.ApiKeyId });
        builder.Property(use => use.ApiKeyId).ValueGeneratedNever();
    }
}
