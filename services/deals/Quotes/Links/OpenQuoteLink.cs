using Microsoft.EntityFrameworkCore;
using Platform.Errors;

namespace Platform.Deals.Quotes.Links;

internal static class OpenQuoteLink
{
    public static async Task<Result<V1.LinkedQuote>> Handle(V1.OpenQuoteLinkRequest request, IServiceScopeFactory scopes, TimeProvider time, CancellationToken cancellationToken)
    {
        var opened = await LinkScope.OpenAsync(request.Token, scopes, cancellationToken);
        if (opened.IsError)
            return opened.Error;
        await using var scope = opened.Value;
        return (await scope.Db.Quotes.AsNoTracking().SingleAsync(quote => quote.Id == scope.QuoteId, cancellationToken)).ToLinked(time.GetUtcNow());
    }
}
