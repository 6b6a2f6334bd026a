using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields;
using Platform.Deals.Deals;
using Platform.Deals.Lines;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Deals.Quotes;

internal static class CreateQuote
{
    public sealed class Validator : AbstractValidator<V1.CreateQuoteRequest>
    {
        public Validator()
        {
            // The rest is known when what the deal has is taken from it.
            RuleFor(request => request.Quote).NotNull().WithMessage("Send the quote.");
            RuleFor(request => request.Quote.DealId).Id().When(request => request.Quote is not null);
        }
    }

    public static async Task<Result<V1.Quote>> Handle(V1.CreateQuoteRequest request, DealsDbContext db, Buyers buyers, Catalog catalog, TimeProvider time, CancellationToken cancellationToken)
    {
        var id = Guid.Parse(request.Quote.DealId);
        if (await db.Deals.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } deal)
            return QuoteErrors.NoDeal;
        if (!deal.IsOpen)
            return DealErrors.Closed;
        var completed = await CompleteAsync(request.Quote.Clone(), deal, db, buyers, cancellationToken);
        if (!completed.IsError && await catalog.CompleteAsync("quote", completed.Value.LineItems, deal.Currency, deal.LineItems, cancellationToken) is { } unsold)
            return unsold;
        var valid = completed.Validate(new QuoteValidator(), "quote");
        if (valid.IsError)
            return valid.Error;
        if (db.Caller.PrepareCustomFields(Quote.Resource.Info, valid.Value, stored: null) is { } fault)
            return fault;
        return await db.InTransactionAsync(() => AddAsync(valid.Value, db, time.GetUtcNow(), cancellationToken), cancellationToken);
    }

    // The deal first, as who changes its currency or closes it does: it may have happened since it was read.
    private static async Task<Result<V1.Quote>> AddAsync(V1.Quote completed, DealsDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.LockAsync(completed.DealId, cancellationToken) is not { } deal)
            return QuoteErrors.NoDeal;
        if (!deal.IsOpen)
            return DealErrors.Closed;
        if (deal.Currency != completed.Currency)
            return QuoteErrors.OtherCurrency;
        var quote = Quote.Create(completed, deal, now);
        db.Quotes.Add(quote);
        db.Publish(quote.Id, new V1.QuoteCreated { Quote = quote.ToMessage() });
        await db.SaveChangesAsync(cancellationToken);
        return quote.ToMessage();
    }

    private static async Task<Result<V1.Quote>> CompleteAsync(V1.Quote quote, Deal deal, DealsDbContext db, Buyers buyers, CancellationToken cancellationToken)
    {
        quote.Currency = deal.Currency;
        // What is hidden of the deal does not come to light in its quote.
        var visible = db.Caller.Access?.FieldsOf(Deal.Resource.Info.Name);
        if (quote.Name.Length == 0 && visible?.IsReadable("name") is not false)
            quote.Name = deal.Name;
        if (quote.LineItems.Count == 0 && visible?.MayNarrowBy("line_items") is not false)
            quote.LineItems.AddRange(deal.LineItems.Select(line => line.ToMessage(deal.Currency)));
        if (quote.Buyer is not null)
            return quote;
        var buyer = await buyers.FindAsync(
            visible?.IsReadable("company_id") is false ? null : deal.CompanyId, visible?.IsReadable("person_id") is false ? null : deal.PersonId, cancellationToken);
        if (buyer.IsError)
            return buyer.Error;
        quote.Buyer = buyer.Value;
        return quote;
    }
}
