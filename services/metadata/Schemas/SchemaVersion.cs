using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Metadata.Schemas;

/// <summary>Counts the changes of a company's fields, so that an older answer is known from a newer one.</summary>
[NotAudited("It only counts; what changed is in the log.")]
internal sealed class SchemaVersion : ITenantOwned
{
    public Guid TenantId { get; set; }

    public long Version { get; init; }

    public static void Map(EntityTypeBuilder<SchemaVersion> builder)
    {
        builder.ToTable("schema_versions");
        builder.HasKey(version => version.TenantId);
    }
}
