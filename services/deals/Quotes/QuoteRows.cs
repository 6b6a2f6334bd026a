using Microsoft.EntityFrameworkCore;
using Platform.Deals.Deals;

namespace Platform.Deals.Quotes;

internal static class QuoteRows
{
    /// <summary>The quote, tracked; null where there is none in this tenant.</summary>
    public static async Task<Quote?> LoadQuoteAsync(this DealsDbContext db, string id, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var key) ? await db.Quotes.SingleOrDefaultAsync(row => row.Id == key, cancellationToken) : null;

    /// <summary>
    /// The quote and its deal, locked until the transaction ends; null where the caller does not see both. The deal comes first: all
    /// that is done with the quotes of a deal, and with the deal itself, is done one after the other.
    /// </summary>
    public static async Task<LockedQuote?> LockQuoteAsync(this DealsDbContext db, Guid id, CancellationToken cancellationToken)
    {
        if (await db.Quotes.Where(row => row.Id == id).Select(row => (Guid?)row.DealId).SingleOrDefaultAsync(cancellationToken) is not { } dealId
            || await db.LockAsync(dealId.ToString(), cancellationToken) is not { } deal)
            return null;
        var tenant = db.Caller.RequiredTenantId;
        return await db.Quotes.FromSql($"SELECT *, xmin FROM quotes WHERE tenant_id = {tenant} AND id = {id} FOR UPDATE").SingleOrDefaultAsync(cancellationToken) is { } quote
            ? new LockedQuote(quote, deal)
            : null;
    }

    /// <summary>The same of an id in a request.</summary>
    public static async Task<LockedQuote?> LockQuoteAsync(this DealsDbContext db, string id, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var key) ? await db.LockQuoteAsync(key, cancellationToken) : null;

    /// <summary>
    /// The quotes of a deal that the transaction holds, each locked, whatever the caller may see of them: what the company has promised
    /// already does not depend on who asks.
    /// </summary>
    public static async Task<List<Quote>> LockQuotesOfAsync(this DealsDbContext db, Guid dealId, CancellationToken cancellationToken)
    {
        var tenant = db.Caller.RequiredTenantId;
        return await db.Quotes.FromSqlByRule($"SELECT *, xmin FROM quotes WHERE tenant_id = {tenant} AND deal_id = {dealId} ORDER BY id FOR UPDATE").ToListAsync(cancellationToken);
    }

    /// <summary>In which pipeline the deal of the quote is; null where it is in none, or the caller does not see both.</summary>
    public static Task<Guid?> PipelineOfQuoteAsync(this DealsDbContext db, Guid id, CancellationToken cancellationToken) =>
        db.Quotes.Where(row => row.Id == id).Join(db.Deals, quote => quote.DealId, deal => deal.Id, (quote, deal) => deal.PipelineId).SingleOrDefaultAsync(cancellationToken);

    /// <summary>The same of an id in a request.</summary>
    public static async Task<Guid?> PipelineOfQuoteAsync(this DealsDbContext db, string id, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var key) ? await db.PipelineOfQuoteAsync(key, cancellationToken) : null;
}

/// <summary>A quote and its deal, which nobody else changes meanwhile.</summary>
internal sealed record LockedQuote(Quote Quote, Deal Deal);
