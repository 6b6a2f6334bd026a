using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Bulk;

/// <summary>Kinds of work on jobs; stored by name.</summary>
internal enum BulkChoreKind
{
    /// <summary>The job goes on, or is being taken back.</summary>
    Run,

    /// <summary>The same for an export, which cannot pause.</summary>
    Export,

    /// <summary>What is kept of the job is no longer needed.</summary>
    Forget,
}

/// <summary>Work on a job that is due at some time.</summary>
[NotAudited("Work that is still to do; what it changes is in the log.")]
internal sealed class BulkChore : ITenantOwned
{
    public const string Table = "bulk_chores";

    public Guid TenantId { get; set; }

    public Guid JobId { get; init; }

    public BulkChoreKind Kind { get; init; }

    /// <summary>Next attempt; while one is under way, when it counts as lost.</summary>
    public DateTimeOffset DueTime { get; set; }

    public static void Map(EntityTypeBuilder<BulkChore> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(chore => new { chore.TenantId, chore.JobId, chore.Kind });
        builder.Property(chore => chore.Kind).HasConversion<string>();
        builder.HasIndex(chore => chore.DueTime);
        builder.IsWorkedOnAcrossTenants("Two tasks do what is due, for whichever tenant it is.");
    }
}
