using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Deals.Quotes.Sending;

/// <summary>A quote whose message is still to be handed over, as work; what it says is kept with the link.</summary>
[NotAudited("Work that is still to do; that the quote was sent, or the link renewed, is in the log.")]
internal sealed class QuoteMail : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid QuoteId { get; init; }

    /// <summary>Next attempt; while one is under way, when it counts as lost.</summary>
    public DateTimeOffset DueTime { get; set; }

    public static void Map(EntityTypeBuilder<QuoteMail> builder)
    {
        builder.ToTable("quote_mails");
        builder.HasKey(mail => new { mail.TenantId, mail.QuoteId });
        builder.HasIndex(mail => mail.DueTime);
        builder.HasOne<Quote>().WithOne().HasForeignKey<QuoteMail>(mail => new { mail.TenantId, mail.QuoteId }).OnDelete(DeleteBehavior.Cascade);
        builder.IsWorkedOnAcrossTenants("Messages of quotes that could not be handed over are tried again.");
    }
}
