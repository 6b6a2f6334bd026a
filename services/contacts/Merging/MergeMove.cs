using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Contacts.Merging;

/// <summary>A row that led to a merged record and was led to the one that stays.</summary>
[NotAudited("That the row was changed is in the log.")]
internal sealed class MergeMove : ITenantOwned
{
    public const string Table = "merge_moves";

    public Guid TenantId { get; set; }

    public Guid MergeId { get; init; }

    /// <summary>Which column of which table: see <see cref="Merging.Reference"/>.</summary>
    public string Reference { get; init; } = "";

    public Guid RowId { get; init; }

    /// <summary>Where it led.</summary>
    public Guid FromId { get; init; }

    public static void Map(EntityTypeBuilder<MergeMove> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(move => new { move.TenantId, move.MergeId, move.Reference, move.RowId });
    }
}
