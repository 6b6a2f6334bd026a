using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Search.Index;

/// <summary>
/// A word of a field of a record. Rows and not a GIN index over texts, because PostgreSQL enters that only behind the tenant's policy:
/// docs/adr/0037. By the field, matches count only where the caller may read it.
/// </summary>
[NotAudited("A copy; the change of the record is in the log of its service.")]
internal sealed class SearchWord : ITenantOwned
{
    public Guid TenantId { get; set; }

    public int Generation { get; init; }

    public string Word { get; init; } = "";

    /// <summary>Kind of record and path: <c>contacts.person/first_name</c>.</summary>
    public string Field { get; init; } = "";

    public Guid RecordId { get; init; }

    public short Weight { get; init; }

    public static void Map(EntityTypeBuilder<SearchWord> builder)
    {
        builder.ToTable("search_words");
        builder.HasKey(word => new { word.TenantId, word.Generation, word.Word, word.Field, word.RecordId });
        builder.Property(word => word.Word).UseCollation("C");
        builder.Property(word => word.Field).UseCollation("C");
        builder.HasIndex(word => new { word.TenantId, word.Generation, word.RecordId });
    }
}
