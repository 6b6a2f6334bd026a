using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Records.Imports.Undoing;

/// <summary>That an import is to be taken back, or, where it is not, to be forgotten when that can no longer be done.</summary>
[NotAudited("Work that is still to do; what it changes is in the log.")]
internal sealed class ImportChore : ITenantOwned
{
    public const string Table = "import_chores";

    public Guid TenantId { get; set; }

    public Guid ImportId { get; init; }

    /// <summary>Next attempt; while one is under way, when it counts as lost.</summary>
    public DateTimeOffset DueTime { get; set; }

    public static void Map(EntityTypeBuilder<ImportChore> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(chore => new { chore.TenantId, chore.ImportId });
        builder.HasIndex(chore => chore.DueTime);
        builder.IsWorkedOnAcrossTenants("One task does what is due, for whichever tenant it is.");
    }
}
