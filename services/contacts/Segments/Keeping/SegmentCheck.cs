using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Contacts.Segments.Keeping;

/// <summary>
/// A record that was written and may come into segments or leave them. PostgreSQL adds the rows, whoever writes a record, where a
/// segment is concerned: see <see cref="SegmentScripts"/>. Whoever looks at the records takes them away.
/// </summary>
[NotAudited("Work that is still to do; what it changes follows from the records.")]
internal sealed class SegmentCheck : ITenantOwned
{
    public const string Table = "segment_checks";

    private const string Linked = " by link";

    public Guid TenantId { get; set; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The kind of record; <see cref="SegmentScripts.AnyKind"/> where only the id is known, <see cref="LinkedOf"/> where it was not written itself.</summary>
    public string Resource { get; init; } = "";

    public Guid RecordId { get; init; }

    /// <summary>Next attempt; while one is under way, when it counts as lost.</summary>
    public DateTimeOffset DueTime { get; init; }

    /// <summary>In place of the kind, of a record that names one which was written.</summary>
    public static string LinkedOf(string resource) => resource + Linked;

    /// <summary>The kind, and whether it is that of a record which names one that was written.</summary>
    public static (string Resource, bool IsLinked) Read(string noted) => noted.EndsWith(Linked, StringComparison.Ordinal) ? (noted[..^Linked.Length], true) : (noted, false);

    public static void Map(EntityTypeBuilder<SegmentCheck> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(check => new { check.TenantId, check.Id });
        builder.HasIndex(check => check.DueTime);
        builder.IsWorkedOnAcrossTenants("One task looks at what was written, for whichever tenant it is.");
    }
}
