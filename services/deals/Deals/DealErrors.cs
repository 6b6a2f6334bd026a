using Platform.Data;
using Platform.Deals.Quotes;
using Platform.Errors;

namespace Platform.Deals.Deals;

internal static class DealErrors
{
    public static readonly Error Closed = Error.Precondition("DEAL_CLOSED", "This deal is won or lost and cannot be changed any more.");

    public static readonly Error Won = Error.Precondition("DEAL_WON", "This deal is won and cannot be lost.");

    public static readonly Error Lost = Error.Precondition("DEAL_LOST", "This deal is lost and cannot be won.");

    public static readonly Error WithoutLineItems = Error.Precondition("DEAL_WITHOUT_LINE_ITEMS", "Add what is sold as line items before the deal is won.");

    public static readonly Error WithoutCustomer = Error.Precondition("DEAL_WITHOUT_CUSTOMER", "Name the company or the person who buys before the deal is won.");

    public static readonly Error ContactsUnavailable =
        new(Google.Rpc.Code.Unavailable, "CONTACTS_UNAVAILABLE", "The company and the person cannot be checked right now: try again in a moment.");

    public static readonly ForeignKeyViolation HasQuotes =
        new(QuoteConfiguration.DealKey, Error.Precondition("DEAL_HAS_QUOTES", "This deal has quotes: delete those that are drafts; a deal of which one was sent stays."));

    /// <summary>A conversion asks for its deal twice at the same moment.</summary>
    public static readonly UniqueViolation Repeated = new("pk_deals", new Error(Google.Rpc.Code.Aborted, "DEAL_BEING_MADE", "The deal of this conversion is being made at this moment: repeat the call."));

    public static Error NotFound(string id) => Error.NotFound("deal", id);
}
