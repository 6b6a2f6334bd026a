using Platform.Data;
using Platform.Deals.Deals;
using Platform.Errors;

namespace Platform.Deals.Quotes;

internal static class ReviseQuote
{
    public static Task<Result<V1.Quote>> Handle(V1.ReviseQuoteRequest request, DealsDbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        db.InTransactionAsync(() => ReviseAsync(request, db, time, cancellationToken), cancellationToken);

    private static async Task<Result<V1.Quote>> ReviseAsync(V1.ReviseQuoteRequest request, DealsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.LockQuoteAsync(request.Id, cancellationToken) is not { } locked)
            return QuoteErrors.NotFound(request.Id);
        if (CheckRevise(locked.Quote) is { } error)
            return error;
        if (!locked.Deal.IsOpen)
            return DealErrors.Closed;
        if (locked.Deal.Currency != locked.Quote.Currency)
            return QuoteErrors.OtherCurrency;
        var next = locked.Quote.Revise(time.GetUtcNow());
        db.Quotes.Add(next);
        db.Publish(next.Id, new V1.QuoteCreated { Quote = next.ToMessage() });
        return await db.TrySaveChangesAsync(cancellationToken, QuoteErrors.Revised) is { } refused ? refused : next.ToMessage();
    }

    private static Error? CheckRevise(Quote quote) => quote.Status switch
    {
        V1.QuoteStatus.Draft => QuoteErrors.NotSent,
        V1.QuoteStatus.Accepted => QuoteErrors.Accepted,
        V1.QuoteStatus.Superseded => QuoteErrors.Superseded,
        _ => null,
    };
}
