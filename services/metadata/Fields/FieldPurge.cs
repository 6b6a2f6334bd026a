using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Metadata.Fields;

/// <summary>A deleted field, or a deleted object, as work: when it goes for good.</summary>
[NotAudited("Work that is still to do; what becomes of the field is in the log.")]
internal sealed class FieldPurge : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid FieldId { get; init; }

    /// <summary>Next attempt; while one is under way, when it counts as lost.</summary>
    public DateTimeOffset DueTime { get; set; }

    public static void Map(EntityTypeBuilder<FieldPurge> builder)
    {
        builder.ToTable("field_purges");
        builder.HasKey(purge => new { purge.TenantId, purge.FieldId });
        builder.HasIndex(purge => purge.DueTime);
        builder.IsWorkedOnAcrossTenants("The purger takes the fields whose grace period has ended.");
    }
}
