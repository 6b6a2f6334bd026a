using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Data;

namespace Platform.Metadata.Objects;

internal static class CustomObjectConfiguration
{
    public const string UniqueKey = "ix_custom_objects_key";
    public const string UniquePluralKey = "ix_custom_objects_plural_key";

    public static void Map(EntityTypeBuilder<CustomObject> builder)
    {
        builder.IsResource("custom_objects");
        builder.Ignore(known => known.IsDeleted);
        builder.Ignore(known => known.Resource);
        builder.HasIndex(known => new { known.TenantId, known.Key }).IsUnique().HasDatabaseName(UniqueKey);
        builder.HasIndex(known => new { known.TenantId, known.PluralKey }).IsUnique().HasDatabaseName(UniquePluralKey);
    }
}
