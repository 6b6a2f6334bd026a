using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Platform.Deals.Quotes.Documents;
using Platform.Deals.Quotes.Links;
using Platform.Errors;
using Platform.Tenancy;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Deals.Quotes.Sending;

/// <summary>
/// Mails a quote that was sent. The message is kept in the transaction that makes its link, and handed over after it, so that no lock waits
/// for another service and nothing is lost in between: what cannot be handed over at once is tried again.
/// </summary>
internal sealed class QuoteMails(QuoteMailDelivery delivery, IOptions<QuoteOptions> options, Caller caller, TimeProvider time)
{
    /// <summary>Why it cannot be mailed; before it is sent.</summary>
    public Error? Check(V1.QuoteEmail? email, Quote quote) => email switch
    {
        null => null,
        _ when options.Value.PublicUrl is null => QuoteErrors.MailOff,
        // The document goes with it.
        _ when GetQuoteDocument.CheckFields(caller) is { } hidden => hidden,
        { To.Count: 0 } when !Rules.IsEmail(quote.Buyer.Email) => QuoteErrors.WithoutEmail,
        _ => null,
    };

    /// <summary>Keeps the message with the link; one of a link that holds no more is forgotten.</summary>
    /// <param name="email">To whom, and what it says; null for nobody.</param>
    /// <param name="quote">The quote.</param>
    /// <param name="link">Its link.</param>
    /// <param name="path">Path of the page, which the link leads to.</param>
    /// <param name="db">The unit of work.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task KeepAsync(V1.QuoteEmail? email, Quote quote, QuoteLink link, string path, DealsDbContext db, CancellationToken cancellationToken)
    {
        var waiting = await db.QuoteMails.SingleOrDefaultAsync(row => row.QuoteId == quote.Id, cancellationToken);
        if (email is null)
        {
            link.Mailed();
            if (waiting is not null)
                db.QuoteMails.Remove(waiting);
            return;
        }

        List<string> to = [.. email.To.Count > 0 ? email.To.Distinct(StringComparer.OrdinalIgnoreCase) : [quote.Buyer.Email]];
        link.Mail(new WaitingMail(path, to, email.Message, caller.CausedBy));
        // The first attempt is made right after the transaction.
        var due = time.GetUtcNow() + QuoteMailQueue.Lease;
        if (waiting is null)
            db.QuoteMails.Add(new QuoteMail { QuoteId = quote.Id, DueTime = due });
        else
            waiting.DueTime = due;
    }

    /// <summary>Hands the messages over, whether or not whoever asked for it still waits; the answer says to whom they go.</summary>
    public async Task<Result<V1.SentQuote>> SendAsync(V1.SentQuote sent)
    {
        var to = await delivery.HandOverAsync(caller.RequiredTenantId, Guid.Parse(sent.Quote.Id), CancellationToken.None);
        if (to.Count == 0)
            return QuoteErrors.NotMailed;
        sent.MailedTo.AddRange(to);
        return sent;
    }
}

/// <summary>The rules of a message.</summary>
internal static class QuoteEmailRules
{
    private const int MaxAddresses = 10;
    private const int MaxMessage = 2_000;

    public static void Check<T>(AbstractValidator<T> validator, System.Linq.Expressions.Expression<Func<T, V1.QuoteEmail>> email) =>
        validator.RuleFor(email!).SetValidator(new Validator()!);

    private sealed class Validator : AbstractValidator<V1.QuoteEmail>
    {
        public Validator()
        {
            RuleForEach(email => email.To).Must(Rules.IsEmail).WithMessage("Use an e-mail address such as name@company.example.");
            RuleFor(email => email.To).Must(to => to.Count <= MaxAddresses).WithMessage(_ => Say($"Send it to at most {MaxAddresses} addresses."));
            RuleFor(email => email.Message).Text(MaxMessage);
        }
    }
}
