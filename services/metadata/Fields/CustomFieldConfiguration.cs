using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Data;

namespace Platform.Metadata.Fields;

internal static class CustomFieldConfiguration
{
    public const string UniqueKey = "ix_custom_fields_key";

    public static void Map(EntityTypeBuilder<CustomField> builder)
    {
        builder.IsResource("custom_fields");
        builder.Property(field => field.Type).HasConversion<string>();
        builder.Ignore(field => field.IsDeleted);
        builder.HasIndex(field => new { field.TenantId, field.Resource, field.Key }).IsUnique().HasDatabaseName(UniqueKey);
        // Every change of a field asks what counts it.
        builder.HasIndex(field => new { field.TenantId, field.Type }).HasFilter("type = 'RollUp'").HasDatabaseName("ix_custom_fields_roll_ups");
    }
}
