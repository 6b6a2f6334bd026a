using FluentValidation;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Deals.Quotes;

internal static class DeclineQuote
{
    public sealed class Validator : AbstractValidator<V1.DeclineQuoteRequest>
    {
        public Validator()
        {
            RuleFor(request => request.SignerName).Text(200);
            RuleFor(request => request.Reason).Text(1000);
        }
    }

    public static Task<Result<V1.Quote>> Handle(V1.DeclineQuoteRequest request, DealsDbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        db.InTransactionAsync(() => DeclineAsync(request, db, time, cancellationToken), cancellationToken);

    private static async Task<Result<V1.Quote>> DeclineAsync(V1.DeclineQuoteRequest request, DealsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.LockQuoteAsync(request.Id, cancellationToken) is not { Quote: var quote })
            return QuoteErrors.NotFound(request.Id);
        if (quote.Status == V1.QuoteStatus.Declined)
            return quote.ToMessage();
        if (!quote.Matches(request.Etag))
            return Error.Stale("quote");
        var signature = new Signature(request.SignerName, request.Reason, ClientAddress: "", db.RecordedBy());
        if (await Answering.DeclineAsync(quote, signature, db, time.GetUtcNow(), cancellationToken) is { } error)
            return error;
        await db.SaveChangesAsync(cancellationToken);
        return quote.ToMessage();
    }
}
