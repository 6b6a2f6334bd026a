using Microsoft.EntityFrameworkCore;
using Platform.Tenancy.Placements;

namespace Platform.Deals.Quotes.Sending;

/// <summary>Quotes whose last day is over.</summary>
internal sealed class QuoteExpiryQueue(WorkPlaces places, TimeProvider time)
{
    private static readonly DueTable Table = new("quote_expiries", "tenant_id, quote_id", TimeSpan.FromMinutes(1));

    public DueWork<(Guid Tenant, Guid Quote)> Work { get; } = new(places, Table, row => (row.GetGuid(0), row.GetGuid(1)), time);
}

internal static class QuoteExpiries
{
    /// <summary>How the quote ends is known: there is nothing to tell any more.</summary>
    public static async Task ForgetExpiryAsync(this DealsDbContext db, Guid quoteId, CancellationToken cancellationToken) =>
        db.QuoteExpiries.RemoveRange(await db.QuoteExpiries.Where(expiry => expiry.QuoteId == quoteId).ToListAsync(cancellationToken));
}
