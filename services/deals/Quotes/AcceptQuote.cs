using FluentValidation;
using Platform.Data;
using Platform.Deals.Stages;
using Platform.Errors;
using Platform.Monetary.Rates;
using Platform.Validation;

namespace Platform.Deals.Quotes;

internal static class AcceptQuote
{
    public sealed class Validator : AbstractValidator<V1.AcceptQuoteRequest>
    {
        public Validator() => RuleFor(request => request.SignerName).NotEmpty().WithMessage("Say who accepted.").Text(200);
    }

    public static async Task<Result<V1.Quote>> Handle(
        V1.AcceptQuoteRequest request, DealsDbContext db, StageDirectory stages, ReportingRates rates, TimeProvider time, CancellationToken cancellationToken)
    {
        // Other services are asked before the deal is locked.
        var book = await stages.GetWithAsync(await db.PipelineOfQuoteAsync(request.Id, cancellationToken), stage: null, cancellationToken);
        if (book.IsError)
            return book.Error;
        await rates.EnsureAsync(cancellationToken);
        return await db.InTransactionAsync(() => AcceptAsync(request, book.Value, db, rates, time, cancellationToken), cancellationToken);
    }

    private static async Task<Result<V1.Quote>> AcceptAsync(
        V1.AcceptQuoteRequest request, Book book, DealsDbContext db, ReportingRates rates, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.LockQuoteAsync(request.Id, cancellationToken) is not { } locked)
            return QuoteErrors.NotFound(request.Id);
        var quote = locked.Quote;
        // Before the etag: a repeated call carries the one from before it was accepted.
        if (quote.Status == V1.QuoteStatus.Accepted)
            return quote.ToMessage();
        if (!quote.Matches(request.Etag))
            return Error.Stale("quote");
        var signature = new Signature(request.SignerName, Reason: "", ClientAddress: "", db.RecordedBy());
        if (await Answering.AcceptAsync(locked, signature, book, db, rates, time.GetUtcNow(), cancellationToken) is { } error)
            return error;
        return await db.TrySaveChangesAsync(cancellationToken, QuoteErrors.AcceptedOnce) is { } refused ? refused : quote.ToMessage();
    }
}
