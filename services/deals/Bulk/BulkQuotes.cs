using Platform.Bulk;
using Platform.Deals.Quotes;

namespace Platform.Deals.Bulk;

/// <summary>Files of many quotes. What was sent stands, and a draft is written quote by quote.</summary>
internal static class BulkQuotes
{
    public static BulkKind<DealsDbContext, Quote, V1.Quote> Kind { get; } = BulkFiles.Of<DealsDbContext, Quote, V1.Quote>(Quote.Resource, V1.Quote.Parser, "quote", row => row.ToMessage());

    public static BulkOrder OrderOf(V1.BulkQuotesRequest request) => new(request.Filter, request.Ids, request.All, request.TimeZone) { Export = request.Export };
}
