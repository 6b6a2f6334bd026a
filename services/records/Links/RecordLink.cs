using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Records.Links;

/// <summary>
/// That a field of a record leads to another record, of whatever kind: the way back, which the values themselves do not have. It
/// only finds; what holds is what the record says.
/// </summary>
[NotAudited("The way back of a value that a record holds; what changes it is in the log.")]
internal sealed class RecordLink : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid SourceId { get; init; }

    public string SourceKey { get; init; } = "";

    public string FieldKey { get; init; } = "";

    public Guid TargetId { get; init; }

    /// <summary>The record with whose deletion the value was taken out, to be put back with it; null while the record has the value.</summary>
    public Guid? ClearedWith { get; set; }

    public static void Map(EntityTypeBuilder<RecordLink> builder)
    {
        builder.ToTable("record_links");
        builder.HasKey(link => new { link.TenantId, link.SourceId, link.FieldKey, link.TargetId });
        builder.HasIndex(link => new { link.TenantId, link.TargetId, link.FieldKey, link.SourceId }).HasDatabaseName("ix_record_links_target");
    }
}
