using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Records.Imports.Undoing;

/// <summary>
/// A record that an import made or changed, as it was before; written with the record, in one transaction. It goes when it is taken back,
/// and with all others of the import when that can no longer be done.
/// </summary>
[NotAudited("The record itself is in the log.")]
internal sealed class ImportedRecord : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid ImportId { get; init; }

    public Guid RecordId { get; init; }

    /// <summary>Its message as it was; null where the import made it.</summary>
    public byte[]? Before { get; init; }

    /// <summary>When it had been changed last before the import last wrote it; null where that made it.</summary>
    public DateTimeOffset? BeforeTime { get; init; }

    /// <summary>Its time of change as the import left it: another one says that somebody changed it since.</summary>
    public DateTimeOffset AfterTime { get; init; }

    /// <summary>Whether somebody changed it between two writes of the import.</summary>
    public bool IsChanged { get; init; }

    /// <summary>Why it was left as it is; null where it was not, or not yet.</summary>
    public string? Reason { get; init; }

    public static void Map(EntityTypeBuilder<ImportedRecord> builder)
    {
        builder.ToTable("imported_records");
        builder.HasKey(record => new { record.TenantId, record.ImportId, record.RecordId });
    }
}
