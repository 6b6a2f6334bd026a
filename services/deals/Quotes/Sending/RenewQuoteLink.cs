using Microsoft.EntityFrameworkCore;
using Platform.Deals.Quotes.Links;
using Platform.Errors;

namespace Platform.Deals.Quotes.Sending;

internal static class RenewQuoteLink
{
    public static Task<Result<V1.SentQuote>> Handle(V1.RenewQuoteLinkRequest request, DealsDbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        db.InTransactionAsync(() => RenewAsync(request, db, time, cancellationToken), cancellationToken);

    private static async Task<Result<V1.SentQuote>> RenewAsync(V1.RenewQuoteLinkRequest request, DealsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.LockQuoteAsync(request.Id, cancellationToken) is not { Quote: var quote })
            return QuoteErrors.NotFound(request.Id);
        if (quote.CheckAnswer(time.GetUtcNow()) is { } error)
            return error;
        var link = LinkToken.Create(db.Caller.RequiredTenantId);
        (await db.QuoteLinks.SingleAsync(row => row.QuoteId == quote.Id, cancellationToken)).Renew(link);
        db.Audit("renew_link", Quote.Resource.Info.Name, quote.Id.ToString());
        await db.SaveChangesAsync(cancellationToken);
        return new V1.SentQuote { Quote = quote.ToMessage(), Link = link.Path };
    }
}
