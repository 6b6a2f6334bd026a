using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Contacts.Duplicates;

/// <summary>
/// A record that was written and is to be compared with the others. Rows are only added by those who write records, so that nobody
/// waits for anybody; whoever compares takes them away.
/// </summary>
[NotAudited("Work that is still to do; what it finds follows from the records.")]
internal sealed class DuplicateCheck : ITenantOwned
{
    public const string Table = "duplicate_checks";

    public Guid TenantId { get; set; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public string Resource { get; init; } = "";

    public Guid RecordId { get; init; }

    /// <summary>Next attempt; while one is under way, when it counts as lost.</summary>
    public DateTimeOffset DueTime { get; init; }

    public static void Map(EntityTypeBuilder<DuplicateCheck> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(check => new { check.TenantId, check.Id });
        builder.HasIndex(check => check.DueTime);
        builder.IsWorkedOnAcrossTenants("One task compares what was written, for whichever tenant it is.");
    }
}
