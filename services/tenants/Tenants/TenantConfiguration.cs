using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Data;

namespace Platform.Tenants.Tenants;

internal static class TenantConfiguration
{
    public const string PrimaryKey = "pk_tenants";

    public static void Map(EntityTypeBuilder<Tenant> builder)
    {
        builder.IsResource("tenants").ToTable(table => table.HasCheckConstraint("ck_tenants_owns_itself", "tenant_id = id"));
        builder.HasKey(tenant => new { tenant.TenantId, tenant.Id }).HasName(PrimaryKey);
        builder.Ignore(tenant => tenant.State);
        builder.Property(tenant => tenant.Limits).HasDefaultValueSql("'{}'").ValueGeneratedNever();
        builder.Property(tenant => tenant.NewcomerRole).HasDefaultValue("");
        // Companies that were there before modules were have them all.
        builder.Property(tenant => tenant.Modules).HasDefaultValueSql("'{audit,automation,communications,contacts,deals,finance,tenants}'").ValueGeneratedNever();
    }
}
