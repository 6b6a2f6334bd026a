using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Search.Rebuilding;

/// <summary>A rebuild, or the clearing away behind one, is to go on.</summary>
[NotAudited("Work that is still to do.")]
internal sealed class RebuildTurn : ITenantOwned
{
    public const string Table = "rebuild_turns";

    public Guid TenantId { get; set; }

    public Guid RebuildId { get; init; }

    /// <summary>Next attempt; while one is under way, when it counts as lost.</summary>
    public DateTimeOffset DueTime { get; set; }

    public static void Map(EntityTypeBuilder<RebuildTurn> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(turn => new { turn.TenantId, turn.RebuildId });
        builder.HasIndex(turn => turn.DueTime);
        builder.IsWorkedOnAcrossTenants("One task rebuilds indexes, for whichever tenant it is.");
    }
}
