using FluentValidation;
using Platform.Data;
using Platform.Deals.Stages;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Deals.Quotes.Links;

internal static class AcceptQuoteLink
{
    public sealed class Validator : AbstractValidator<V1.AcceptQuoteLinkRequest>
    {
        public Validator()
        {
            RuleFor(request => request.SignerName).Must(name => !string.IsNullOrWhiteSpace(name)).WithMessage("Type your name as your signature.").Text(200);
            RuleFor(request => request.Agreed).Equal(true).WithMessage("Tick that you accept the quote.");
        }
    }

    public static async Task<Result<V1.LinkedQuote>> Handle(
        V1.AcceptQuoteLinkRequest request, string clientAddress, IServiceScopeFactory scopes, TimeProvider time, CancellationToken cancellationToken)
    {
        var opened = await LinkScope.OpenAsync(request.Token, scopes, cancellationToken);
        if (opened.IsError)
            return opened.Error;
        await using var scope = opened.Value;
        // Other services are asked before the deal is locked.
        var book = await scope.Stages.GetWithAsync(await scope.Db.PipelineOfQuoteAsync(scope.QuoteId, cancellationToken), stage: null, cancellationToken);
        if (book.IsError)
            return book.Error;
        await scope.Rates.EnsureAsync(cancellationToken);
        return await scope.Db.InTransactionAsync(() => AcceptAsync(request, clientAddress, book.Value, scope, time.GetUtcNow(), cancellationToken), cancellationToken);
    }

    private static async Task<Result<V1.LinkedQuote>> AcceptAsync(
        V1.AcceptQuoteLinkRequest request, string clientAddress, Book book, LinkScope scope, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await scope.Db.LockQuoteAsync(scope.QuoteId, cancellationToken) is not { } locked)
            return QuoteErrors.LinkUnknown;
        if (request.ContentHash.Length > 0 && request.ContentHash != locked.Quote.ContentHash)
            return QuoteErrors.Changed;
        if (locked.Quote.Status == V1.QuoteStatus.Accepted)
            return locked.Quote.ToLinked(now);
        var signature = new Signature(request.SignerName, Reason: "", clientAddress, RecordedBy: null);
        if (await Answering.AcceptAsync(locked, signature, book, scope.Db, scope.Rates, now, cancellationToken) is { } error)
            return error;
        return await scope.Db.TrySaveChangesAsync(cancellationToken, QuoteErrors.AcceptedOnce) is { } refused ? refused : locked.Quote.ToLinked(now);
    }
}
