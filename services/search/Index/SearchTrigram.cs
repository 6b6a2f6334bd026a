using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Search.Index;

/// <summary>Three letters in a row of a word: what close words are found by.</summary>
[NotAudited("Copies of words; the change of the record is in the log of its service.")]
internal sealed class SearchTrigram : ITenantOwned
{
    public Guid TenantId { get; set; }

    public int Generation { get; init; }

    public string Trigram { get; init; } = "";

    public string Word { get; init; } = "";

    public static void Map(EntityTypeBuilder<SearchTrigram> builder)
    {
        builder.ToTable("search_trigrams");
        builder.HasKey(trigram => new { trigram.TenantId, trigram.Generation, trigram.Trigram, trigram.Word });
        builder.Property(trigram => trigram.Trigram).UseCollation("C");
        builder.Property(trigram => trigram.Word).UseCollation("C");
    }
}
