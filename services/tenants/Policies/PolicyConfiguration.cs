using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Data;

namespace Platform.Tenants.Policies;

internal static class PolicyConfiguration
{
    public const string UniqueName = "ix_policies_tenant_id_lower_name";

    public static void Map(EntityTypeBuilder<Policy> builder)
    {
        builder.IsResource("policies");
        builder.Property<string>("LowerName").HasComputedColumnSql("lower(name)", stored: true);
        builder.HasIndex("TenantId", "LowerName").IsUnique().HasDatabaseName(UniqueName);
        builder.Property(policy => policy.Effect).HasConversion<string>();
        builder.OwnsMany(policy => policy.FieldRules, rules =>
        {
            rules.ToJson();
            rules.Property(rule => rule.Access).HasConversion<string>();
        });
        builder.HasIndex(policy => new { policy.TenantId, policy.Resource, policy.Id });
    }
}
