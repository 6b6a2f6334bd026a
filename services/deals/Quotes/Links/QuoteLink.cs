using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Deals.Quotes.Sending;
using Platform.Tenancy;

namespace Platform.Deals.Quotes.Links;

/// <summary>The link by which the customer reaches a quote that was sent; the link itself is kept nowhere, but in a message until that is handed over.</summary>
[NotAudited("The hash of a secret; that the quote was sent, or the link renewed, is in the log.")]
internal sealed class QuoteLink : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid QuoteId { get; private init; }

    public byte[] TokenHash { get; private set; } = [];

    /// <summary>The message that tells it, while that waits to be handed over; null where none does.</summary>
    public string? WaitingMail { get; private set; }

    public static QuoteLink Of(Guid quoteId, LinkToken token) => new() { QuoteId = quoteId, TokenHash = token.Hash };

    public void Renew(LinkToken token) => TokenHash = token.Hash;

    public void Mail(WaitingMail mail) => WaitingMail = mail.Write();

    public void Mailed() => WaitingMail = null;

    public static void Map(EntityTypeBuilder<QuoteLink> builder)
    {
        builder.ToTable("quote_links");
        builder.HasKey(link => new { link.TenantId, link.QuoteId });
        builder.HasIndex(link => new { link.TenantId, link.TokenHash }).IsUnique();
        builder.HasOne<Quote>().WithOne().HasForeignKey<QuoteLink>(link => new { link.TenantId, link.QuoteId }).OnDelete(DeleteBehavior.Cascade);
    }
}
