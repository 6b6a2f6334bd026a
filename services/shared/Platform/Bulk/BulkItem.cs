using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Bulk;

/// <summary>A record that a job was begun with, what became of it, and what it held before; written with the record, in one transaction.</summary>
[NotAudited("The record itself is in the log.")]
internal sealed class BulkItem : ITenantOwned
{
    public const string Table = "bulk_items";

    public Guid TenantId { get; set; }

    public Guid JobId { get; init; }

    public Guid RecordId { get; init; }

    public V1.BulkOutcome Outcome { get; init; } = V1.BulkOutcome.Pending;

    public string? Code { get; init; }

    public string? Message { get; init; }

    /// <summary>The record's message as it was; null where nothing was done, or it is forgotten.</summary>
    public byte[]? Before { get; init; }

    /// <summary>Its time of change as the job left it: another one says that somebody changed it since.</summary>
    public DateTimeOffset? AfterTime { get; init; }

    public List<string>? Readers { get; init; }

    public List<string>? Writers { get; init; }

    /// <summary>What went with it, or no longer leads to it, as its kind notes that.</summary>
    public byte[]? Company { get; init; }

    /// <summary>The merge by which it became part of another one.</summary>
    public Guid? MergeId { get; init; }

    public static void Map(EntityTypeBuilder<BulkItem> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(item => new { item.TenantId, item.JobId, item.RecordId });
        builder.Property(item => item.Outcome).HasConversion<string>();
        builder.HasIndex(item => new { item.TenantId, item.JobId, item.Outcome, item.RecordId });
    }

    public V1.BulkJobItem ToMessage() => new() { RecordId = RecordId.ToString(), Outcome = Outcome, Code = Code ?? "", Message = Message ?? "" };
}
