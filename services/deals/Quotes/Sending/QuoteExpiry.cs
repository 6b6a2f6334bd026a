using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Deals.Quotes.Sending;

/// <summary>A quote that is still to be told of as expired, as work. That it cannot be accepted any more is by the clock and not by this.</summary>
[NotAudited("Work that is still to do; the end of the quote is in the log.")]
internal sealed class QuoteExpiry : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid QuoteId { get; init; }

    /// <summary>Next attempt; while one is under way, when it counts as lost.</summary>
    public DateTimeOffset DueTime { get; init; }

    public static void Map(EntityTypeBuilder<QuoteExpiry> builder)
    {
        builder.ToTable("quote_expiries");
        builder.HasKey(expiry => new { expiry.TenantId, expiry.QuoteId });
        builder.HasIndex(expiry => expiry.DueTime);
        builder.HasOne<Quote>().WithOne().HasForeignKey<QuoteExpiry>(expiry => new { expiry.TenantId, expiry.QuoteId }).OnDelete(DeleteBehavior.Cascade);
        builder.IsWorkedOnAcrossTenants("Quotes whose last day is over are told of.");
    }
}
