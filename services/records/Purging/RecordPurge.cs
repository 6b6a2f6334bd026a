using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Records.Objects;
using Platform.Tenancy;

namespace Platform.Records.Purging;

/// <summary>A deleted record as work, or all records of an object that is gone: when they go for good; or what follows from a built-in one that is gone.</summary>
[NotAudited("Work that is still to do; what becomes of the records is in the log.")]
internal sealed class RecordPurge : ITenantOwned
{
    public const string Table = "record_purges";

    public Guid TenantId { get; set; }

    /// <summary>Of a built-in record that is gone, and to which others led, the name of its resource: <c>contacts.person</c>.</summary>
    public string ObjectKey { get; init; } = "";

    /// <summary>Zeros for all records of the object.</summary>
    public Guid RecordId { get; init; }

    /// <summary>Of all records of the object, those that were made until then.</summary>
    public DateTimeOffset? MadeUntil { get; init; }

    /// <summary>Next attempt; while one is under way, when it counts as lost.</summary>
    public DateTimeOffset DueTime { get; set; }

    /// <summary>Whether it is about those that led to a built-in record.</summary>
    public static bool IsOfBuiltIn(string objectKey) => objectKey.Contains('.', StringComparison.Ordinal);

    public static RecordPurge Of(Record record, DateTimeOffset due) => new() { ObjectKey = record.ObjectKey, RecordId = record.Id, DueTime = due };

    public static void Map(EntityTypeBuilder<RecordPurge> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(purge => new { purge.TenantId, purge.ObjectKey, purge.RecordId });
        builder.HasIndex(purge => purge.DueTime);
        builder.IsWorkedOnAcrossTenants("The purger takes the records whose grace period has ended.");
    }
}
