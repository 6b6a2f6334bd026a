using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Search.Index;

/// <summary>A record in one generation of the index; of one that is gone only its id is left, so that an older state that comes late does not bring it back.</summary>
[NotAudited("A copy; the change of the record is in the log of its service.")]
internal sealed class SearchEntry : ITenantOwned
{
    public Guid TenantId { get; set; }

    public int Generation { get; init; }

    public Guid RecordId { get; init; }

    public string Resource { get; init; } = "";

    public DateTimeOffset AsOf { get; init; }

    /// <summary>The text of each field by its path; null where the record is gone.</summary>
    public string? Texts { get; init; }

    public static void Map(EntityTypeBuilder<SearchEntry> builder)
    {
        builder.ToTable("search_entries");
        builder.HasKey(entry => new { entry.TenantId, entry.Generation, entry.RecordId });
        builder.Property(entry => entry.Texts).HasColumnType("jsonb");
    }
}
