using Platform.Deals.Deals;
using Platform.Deals.Quotes.Sending;
using Platform.Deals.Stages;
using Platform.Errors;
using Platform.Monetary.Rates;

namespace Platform.Deals.Quotes;

/// <summary>How a quote is answered, by whichever way: in the transaction that holds it and its deal.</summary>
internal static class Answering
{
    /// <summary>Accepts the quote and wins its deal where it does; the caller saves. Null where it went well.</summary>
    public static async Task<Error?> AcceptAsync(
        LockedQuote locked, Signature signature, Book book, DealsDbContext db, ReportingRates rates, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (quote, deal) = locked;
        if (quote.CheckAnswer(now) is { } error)
            return error;
        var all = await db.LockQuotesOfAsync(deal.Id, cancellationToken);
        if (all.Exists(other => IsLater(other, quote)))
            return QuoteErrors.Superseded;
        if (all.Exists(other => other.Status == V1.QuoteStatus.Accepted))
            return QuoteErrors.OtherAccepted;
        if (quote.WinsDeal && await WinAsync(locked, book, db, rates, now, cancellationToken) is { } refused)
            return refused;
        quote.Answer(V1.QuoteStatus.Accepted, signature, now);
        db.Publish(quote.Id, new V1.QuoteAccepted { Quote = quote.ToMessage() });
        await db.ForgetExpiryAsync(quote.Id, cancellationToken);
        return null;
    }

    /// <summary>Declines the quote; the caller saves. Null where it went well.</summary>
    public static async Task<Error?> DeclineAsync(Quote quote, Signature signature, DealsDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (quote.CheckAnswer(now) is { } error)
            return error;
        quote.Answer(V1.QuoteStatus.Declined, signature, now);
        db.Publish(quote.Id, new V1.QuoteDeclined { Quote = quote.ToMessage() });
        await db.ForgetExpiryAsync(quote.Id, cancellationToken);
        return null;
    }

    /// <summary>Who writes an answer down in a customer's place.</summary>
    public static Guid? RecordedBy(this DealsDbContext db) => Guid.TryParse(db.Caller.CausedBy, out var person) ? person : null;

    // A deal that was won before the customer signed stays as it was won.
    private static async Task<Error?> WinAsync(LockedQuote locked, Book book, DealsDbContext db, ReportingRates rates, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (quote, deal) = locked;
        if (deal.Status == V1.DealStatus.Won)
            return null;
        if (deal.Currency != quote.Currency)
            return QuoteErrors.OtherCurrency;
        if (deal.Status == V1.DealStatus.Open)
            deal.Adopt(quote.LineItems);
        // What the company still wants to know of the deal is no reason to refuse a customer.
        return await WinDeal.CloseAsync(deal, book, done: null, db, rates, now, cancellationToken);
    }

    // A later revision holds, whether or not sending it has marked this one.
    private static bool IsLater(Quote other, Quote quote) => other.RootId == quote.RootId && other.Revision > quote.Revision && !other.IsDraft;
}
