using FluentValidation;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Deals.Quotes.Links;

internal static class DeclineQuoteLink
{
    public sealed class Validator : AbstractValidator<V1.DeclineQuoteLinkRequest>
    {
        public Validator()
        {
            RuleFor(request => request.SignerName).Text(200);
            RuleFor(request => request.Reason).Must(reason => !string.IsNullOrWhiteSpace(reason)).WithMessage("Say in a few words why.").Text(1000);
        }
    }

    public static async Task<Result<V1.LinkedQuote>> Handle(
        V1.DeclineQuoteLinkRequest request, string clientAddress, IServiceScopeFactory scopes, TimeProvider time, CancellationToken cancellationToken)
    {
        var opened = await LinkScope.OpenAsync(request.Token, scopes, cancellationToken);
        if (opened.IsError)
            return opened.Error;
        await using var scope = opened.Value;
        return await scope.Db.InTransactionAsync(() => DeclineAsync(request, clientAddress, scope, time.GetUtcNow(), cancellationToken), cancellationToken);
    }

    private static async Task<Result<V1.LinkedQuote>> DeclineAsync(
        V1.DeclineQuoteLinkRequest request, string clientAddress, LinkScope scope, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await scope.Db.LockQuoteAsync(scope.QuoteId, cancellationToken) is not { Quote: var quote })
            return QuoteErrors.LinkUnknown;
        if (quote.Status == V1.QuoteStatus.Declined)
            return quote.ToLinked(now);
        var signature = new Signature(request.SignerName, request.Reason, clientAddress, RecordedBy: null);
        if (await Answering.DeclineAsync(quote, signature, scope.Db, now, cancellationToken) is { } error)
            return error;
        await scope.Db.SaveChangesAsync(cancellationToken);
        return quote.ToLinked(now);
    }
}
