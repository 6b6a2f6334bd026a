using Microsoft.EntityFrameworkCore;
using Platform.Errors;

namespace Platform.Deals.Quotes;

internal static class GetQuote
{
    public static async Task<Result<V1.Quote>> Handle(V1.GetQuoteRequest request, DealsDbContext db, CancellationToken cancellationToken) =>
        Guid.TryParse(request.Id, out var id) && await db.Quotes.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } quote
            ? quote.ToMessage()
            : QuoteErrors.NotFound(request.Id);
}
