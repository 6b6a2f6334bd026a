using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Contacts.Duplicates;

/// <summary>By what a record is found that has an e-mail or a phone beside the main one: an index leads to it. PostgreSQL keeps it, whoever writes the record.</summary>
[NotAudited("Repeats what stands in the record, whose changes are in the log.")]
internal sealed class MatchPoint : ITenantOwned
{
    public const string Table = "match_points";

    public Guid TenantId { get; set; }

    /// <summary>The kind of record.</summary>
    public string Resource { get; private init; } = "";

    /// <summary>The field of a rule: <c>email</c> or <c>phone</c>.</summary>
    public string Field { get; private init; } = "";

    /// <summary>What the column of the main one would hold.</summary>
    public string Key { get; private init; } = "";

    public Guid RecordId { get; private init; }

    public static void Map(EntityTypeBuilder<MatchPoint> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(point => new { point.TenantId, point.Resource, point.Field, point.Key, point.RecordId });
        builder.HasIndex(point => new { point.TenantId, point.RecordId });
    }
}
