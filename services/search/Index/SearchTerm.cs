using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Search.Index;

/// <summary>A word that some record has or had, and that may be meant by one with a typing error.</summary>
[NotAudited("Copies of words; the change of the record is in the log of its service.")]
internal sealed class SearchTerm : ITenantOwned
{
    public Guid TenantId { get; set; }

    public int Generation { get; init; }

    public string Word { get; init; } = "";

    public static void Map(EntityTypeBuilder<SearchTerm> builder)
    {
        builder.ToTable("search_terms");
        builder.HasKey(term => new { term.TenantId, term.Generation, term.Word });
        builder.Property(term => term.Word).UseCollation("C");
    }
}
