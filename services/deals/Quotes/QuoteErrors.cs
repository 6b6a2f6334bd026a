using Platform.Data;
using Platform.Errors;

namespace Platform.Deals.Quotes;

internal static class QuoteErrors
{
    public static readonly Error Sent = Error.Precondition("QUOTE_SENT", "This quote was sent and cannot be changed any more: make a revision of it.");

    public static readonly Error NotSent = Error.Precondition("QUOTE_NOT_SENT", "This quote is a draft: send it first.");

    public static readonly Error Accepted = Error.Precondition("QUOTE_ACCEPTED", "This quote is accepted.");

    public static readonly Error Declined = Error.Precondition("QUOTE_DECLINED", "This quote is declined: a revision of it can be sent.");

    public static readonly Error Expired = Error.Precondition("QUOTE_EXPIRED", "The last day on which this quote could be accepted is over: ask for a new one.");

    public static readonly Error Superseded = Error.Precondition("QUOTE_SUPERSEDED", "A later revision of this quote was sent, which holds instead of it.");

    public static readonly Error Changed = Error.Precondition("QUOTE_CHANGED", "What you saw is not what this quote says: read it again.");

    public static readonly Error WithoutLines = Error.Precondition("QUOTE_WITHOUT_LINES", "Add what is offered as line items before the quote is sent.");

    public static readonly Error WithoutBuyer = Error.Precondition("QUOTE_WITHOUT_BUYER", "Say who is offered it before the quote is sent.");

    public static readonly Error WithoutEmail = Error.Precondition("QUOTE_WITHOUT_EMAIL", "The buyer has no e-mail address: say where to send it.");

    public static readonly Error MailOff = Error.Precondition("QUOTE_MAIL_OFF", "Quotes are not mailed here: the operator of the platform sets Quotes:PublicUrl.");

    public static readonly Error NotMailed =
        new(Google.Rpc.Code.Unavailable, "QUOTE_NOT_MAILED", "The quote is sent, and its e-mail could not be handed over: renew the link with the e-mail in a moment.");

    public static readonly Error ExpireDatePassed = Error.Precondition("EXPIRE_DATE_PASSED", "The last day on which the quote may be accepted is over: take a later one before it is sent.");

    public static readonly Error SellerUnknown = Error.Precondition("SELLER_UNKNOWN", "Your company has no name that you may see: an administrator enters it in the company's settings.");

    public static readonly Error TenantUnavailable =
        new(Google.Rpc.Code.Unavailable, "TENANT_UNAVAILABLE", "Your company's name and address cannot be read right now: try again in a moment.");

    public static readonly Error OtherAccepted = Error.Precondition("DEAL_QUOTE_ACCEPTED", "Another quote of this deal is accepted.");

    public static readonly Error OtherCurrency =
        Error.Precondition("QUOTE_CURRENCY", "This quote is in another currency than its deal has now: a new one is needed.");

    public static readonly Error RoundingFixed = Error.Invalid("quote.taxRounding", "How tax is rounded is fixed when the quote is made.");

    public static readonly Error CurrencyQuoted =
        Error.Precondition("DEAL_CURRENCY_QUOTED", "The deal keeps its currency while it has a quote that is a draft, sent or accepted: delete or decline those first.") with
        {
            Violations = [new FieldViolation("deal.currency", "Quotes of the deal are in the currency that it has.")],
        };

    // Two that are accepted at the same moment; whoever comes later is told by the rule.
    public static readonly UniqueViolation AcceptedOnce = new(QuoteConfiguration.UniqueAccepted, OtherAccepted);

    public static readonly Error DealFixed = Error.Invalid("quote.dealId", "The deal of a quote is fixed when it is made.");

    public static readonly Error NoDeal = Error.Invalid("quote.dealId", "There is no such deal.");

    public static readonly Error FieldsHidden = new(
        Google.Rpc.Code.PermissionDenied, "QUOTE_FIELDS_HIDDEN", "The document shows fields of the quote that you may not see: ask somebody who may.");

    public static readonly Error LinkUnknown =
        new(Google.Rpc.Code.NotFound, "QUOTE_LINK_UNKNOWN", "This link leads to no quote, or not any more: ask whoever sent it for another one.");

    public static readonly Error LinkUnavailable = new(Google.Rpc.Code.Unavailable, "TENANT_UNAVAILABLE", "The quote cannot be shown right now: try again in a moment.");

    // PostgreSQL names whichever of the two indexes it looks at first.
    public static readonly UniqueViolation[] Revised =
    [
        .. new[] { QuoteConfiguration.UniqueRevision, QuoteConfiguration.UniqueNumber }
            .Select(index => new UniqueViolation(index, Error.AlreadyExists("QUOTE_REVISED", "There is a later revision of this quote already."))),
    ];

    public static Error NotFound(string id) => Error.NotFound("quote", id);
}
