using Google.Protobuf.WellKnownTypes;
using Platform.Data;
using Platform.Errors;

namespace Platform.Deals.Quotes;

internal static class DeleteQuote
{
    public static async Task<Result<Empty>> Handle(V1.DeleteQuoteRequest request, DealsDbContext db, CancellationToken cancellationToken)
    {
        if (await db.LoadQuoteAsync(request.Id, cancellationToken) is not { } quote)
            return QuoteErrors.NotFound(request.Id);
        if (!quote.Matches(request.Etag))
            return Error.Stale("quote");
        if (!quote.IsDraft)
            return QuoteErrors.Sent;
        db.Quotes.Remove(quote);
        db.Publish(quote.Id, new V1.QuoteDeleted { Id = quote.Id.ToString() });
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : new Empty();
    }
}
