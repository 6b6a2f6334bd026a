using FluentValidation;
using Platform.CustomFields;
using Platform.Data;
using Platform.Deals.Lines;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Deals.Quotes;

internal static class UpdateQuote
{
    public sealed class Validator : AbstractValidator<V1.UpdateQuoteRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Quote).NotNull().WithMessage("Send the quote.");
            RuleFor(request => request.Quote.Id).Id().When(request => request.Quote is not null);
        }
    }

    public static async Task<Result<V1.Quote>> Handle(V1.UpdateQuoteRequest request, DealsDbContext db, Catalog catalog, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.LoadQuoteAsync(request.Quote.Id, cancellationToken) is not { } quote)
            return QuoteErrors.NotFound(request.Quote.Id);
        if (!quote.Matches(request.Quote.Etag))
            return Error.Stale("quote");
        if (!quote.IsDraft)
            return QuoteErrors.Sent;
        var stored = quote.ToMessage();
        var merged = Masks.Merge(stored, request.Quote, request.UpdateMask);
        if (merged.IsError)
            return merged.Error;
        if (merged.Value.DealId != stored.DealId)
            return QuoteErrors.DealFixed;
        if (merged.Value.TaxRounding != V1.QuoteTaxRounding.Unspecified && merged.Value.TaxRounding != quote.TaxRounding)
            return QuoteErrors.RoundingFixed;
        // Output only, whatever was sent.
        merged.Value.Currency = quote.Currency;
        if (await catalog.CompleteAsync("quote", merged.Value.LineItems, quote.Currency, quote.LineItems, cancellationToken) is { } unsold)
            return unsold;
        var valid = merged.Validate(new QuoteValidator(), "quote");
        if (valid.IsError)
            return valid.Error;
        if (db.Caller.PrepareCustomFields(Quote.Resource.Info, valid.Value, quote.CustomFields) is { } fault)
            return fault;
        quote.Update(valid.Value, time.GetUtcNow());
        db.Publish(quote.Id, new V1.QuoteUpdated { Quote = quote.ToMessage() });
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : quote.ToMessage();
    }
}
