using Google.Api;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Tenancy;

namespace Platform.Deals.Quotes.Documents;

internal static class GetQuoteDocument
{
    private const string Pdf = "application/pdf";

    // What the document shows, in the names of the contract.
    private static readonly string[] Shown =
    [
        "number", "revision", "name", "seller", "buyer", "currency", "line_items", "tax_subtotals", "net_total", "tax_total", "total",
        "one_off_amount", "monthly_recurring", "yearly_recurring", "expire_date", "introduction", "terms", "send_time", "content_hash",
    ];

    public static async Task<Result<HttpBody>> Handle(V1.GetQuoteDocumentRequest request, DealsDbContext db, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(request.Id, out var id) || await db.Quotes.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } quote)
            return QuoteErrors.NotFound(request.Id);
        return CheckFields(db.Caller) is { } hidden ? hidden : Of(quote);
    }

    /// <summary>Why the caller gets no document: it is whole or it is none.</summary>
    public static Error? CheckFields(Caller caller) =>
        caller.Access?.FieldsOf(Quote.Resource.Info.Name) is { } fields && !Shown.All(fields.MayNarrowBy) ? QuoteErrors.FieldsHidden : null;

    /// <summary>The file; that of a draft has no number yet.</summary>
    public static HttpBody Of(Quote quote)
    {
        var content = QuoteContent.Of(quote);
        content.ContentHash = quote.ContentHash;
        return new HttpBody { ContentType = Pdf, Data = ByteString.CopyFrom(QuoteDocument.Write(content)) };
    }
}
