using FluentValidation;
using Platform.Deals.Quotes.Links;
using Platform.Errors;

namespace Platform.Deals.Quotes.Sending;

internal static class SendQuote
{
    public sealed class Validator : AbstractValidator<V1.SendQuoteRequest>
    {
        public Validator() => QuoteEmailRules.Check(this, request => request.Email);
    }

    public static async Task<Result<V1.SentQuote>> Handle(
        V1.SendQuoteRequest request, DealsDbContext db, Sellers sellers, QuoteMails mails, TimeProvider time, CancellationToken cancellationToken)
    {
        // Before the transaction, so that no lock waits for another service.
        var seller = await sellers.FindAsync(cancellationToken);
        if (seller.IsError)
            return seller.Error;
        var sent = await db.InTransactionAsync(() => SendAsync(request, (seller.Value, mails), db, time, cancellationToken), cancellationToken);
        return sent.IsError || request.Email is null ? sent : await mails.SendAsync(sent.Value);
    }

    private static async Task<Result<V1.SentQuote>> SendAsync(
        V1.SendQuoteRequest request, (V1.QuoteParty Seller, QuoteMails Mails) by, DealsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.LockQuoteAsync(request.Id, cancellationToken) is not { Quote: var quote, Deal: var deal })
            return QuoteErrors.NotFound(request.Id);
        if (!quote.Matches(request.Etag))
            return Error.Stale("quote");
        var now = time.GetUtcNow();
        if ((quote.CheckSend(deal, now) ?? by.Mails.Check(request.Email, quote)) is { } error)
            return error;
        var earlier = (await db.LockQuotesOfAsync(deal.Id, cancellationToken)).FindAll(other => other.RootId == quote.RootId && other.Revision < quote.Revision);
        if (earlier.Exists(other => other.Status == V1.QuoteStatus.Accepted))
            return QuoteErrors.Accepted;
        await SupersedeAsync(earlier, db, now, cancellationToken);
        var link = LinkToken.Create(db.Caller.RequiredTenantId);
        var row = db.QuoteLinks.Add(QuoteLink.Of(quote.Id, link)).Entity;
        await by.Mails.KeepAsync(request.Email, quote, row, link.Path, db, cancellationToken);
        db.QuoteExpiries.Add(new QuoteExpiry { QuoteId = quote.Id, DueTime = quote.ExpireTime });
        quote.Send(quote.Number ?? await db.TakeNumberAsync(Days.Of(now, quote.TimeZone).Year, cancellationToken), by.Seller, now);
        db.Publish(quote.Id, new V1.QuoteSent { Quote = quote.ToMessage() });
        await db.SaveChangesAsync(cancellationToken);
        return new V1.SentQuote { Quote = quote.ToMessage(), Link = link.Path };
    }

    private static async Task SupersedeAsync(List<Quote> earlier, DealsDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var quote in earlier.Where(quote => quote.Supersede(now)))
        {
            // It follows from the sending, whether or not the sender might change it alone.
            db.Quotes.Follow(quote);
            db.Publish(quote.Id, new V1.QuoteSuperseded { Quote = quote.ToMessage() });
            await db.ForgetExpiryAsync(quote.Id, cancellationToken);
        }
    }
}
