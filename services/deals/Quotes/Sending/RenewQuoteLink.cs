using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Deals.Quotes.Links;
using Platform.Errors;

namespace Platform.Deals.Quotes.Sending;

internal static class RenewQuoteLink
{
    public sealed class Validator : AbstractValidator<V1.RenewQuoteLinkRequest>
    {
        public Validator() => QuoteEmailRules.Check(this, request => request.Email);
    }

    public static async Task<Result<V1.SentQuote>> Handle(V1.RenewQuoteLinkRequest request, DealsDbContext db, QuoteMails mails, TimeProvider time, CancellationToken cancellationToken)
    {
        var renewed = await db.InTransactionAsync(() => RenewAsync(request, db, mails, time, cancellationToken), cancellationToken);
        return renewed.IsError || request.Email is null ? renewed : await mails.SendAsync(renewed.Value);
    }

    private static async Task<Result<V1.SentQuote>> RenewAsync(V1.RenewQuoteLinkRequest request, DealsDbContext db, QuoteMails mails, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.LockQuoteAsync(request.Id, cancellationToken) is not { Quote: var quote })
            return QuoteErrors.NotFound(request.Id);
        if ((quote.CheckAnswer(time.GetUtcNow()) ?? mails.Check(request.Email, quote)) is { } error)
            return error;
        var link = LinkToken.Create(db.Caller.RequiredTenantId);
        var row = await db.QuoteLinks.SingleAsync(row => row.QuoteId == quote.Id, cancellationToken);
        row.Renew(link);
        await mails.KeepAsync(request.Email, quote, row, link.Path, db, cancellationToken);
        db.Audit("renew_link", Quote.Resource.Info.Name, quote.Id.ToString());
        await db.SaveChangesAsync(cancellationToken);
        return new V1.SentQuote { Quote = quote.ToMessage(), Link = link.Path };
    }
}
