using Google.Api;
using Microsoft.EntityFrameworkCore;
using Platform.Deals.Quotes.Links;
using Platform.Errors;

namespace Platform.Deals.Quotes.Documents;

internal static class GetQuoteLinkDocument
{
    public static async Task<Result<HttpBody>> Handle(V1.GetQuoteLinkDocumentRequest request, IServiceScopeFactory scopes, CancellationToken cancellationToken)
    {
        var opened = await LinkScope.OpenAsync(request.Token, scopes, cancellationToken);
        if (opened.IsError)
            return opened.Error;
        await using var scope = opened.Value;
        return GetQuoteDocument.Of(await scope.Db.Quotes.AsNoTracking().SingleAsync(quote => quote.Id == scope.QuoteId, cancellationToken));
    }
}
