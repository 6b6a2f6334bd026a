using Google.Protobuf;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Contacts.Merging;

/// <summary>What is left of a record that became part of another one: where its id leads, and for a while what it held.</summary>
[NotAudited("That the record went is in the log.")]
internal sealed class MergedRecord : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid Id { get; init; }

    public string Resource { get; init; } = "";

    /// <summary>What it became part of, which may be part of another record since.</summary>
    public Guid SurvivorId { get; init; }

    public Guid MergeId { get; init; }

    /// <summary>Its message; null once the merge can no longer be undone.</summary>
    public byte[]? Content { get; private set; }

    public List<string> Readers { get; private set; } = [];

    public List<string> Writers { get; private set; } = [];

    public static void Map(EntityTypeBuilder<MergedRecord> builder)
    {
        builder.ToTable("merged_records");
        builder.HasKey(record => new { record.TenantId, record.Id });
        builder.HasIndex(record => new { record.TenantId, record.MergeId });
        builder.HasIndex(record => new { record.TenantId, record.SurvivorId });
    }

    public static MergedRecord Of(ProtectedEntity row, IMessage message, Merge merge) => new()
    {
        Id = row.Id,
        Resource = merge.Resource,
        SurvivorId = merge.SurvivorId,
        MergeId = merge.Id,
        Content = message.ToByteArray(),
        Readers = [.. row.Readers],
        Writers = [.. row.Writers],
    };

    /// <summary>It cannot be given back any more.</summary>
    public void Forget() => (Content, Readers, Writers) = (null, [], []);
}
