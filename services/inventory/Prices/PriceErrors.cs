using Platform.Data;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Inventory.Prices;

internal static class PriceErrors
{
    /// <summary>Lists of one company.</summary>
    public const int MaxPriceLists = 200;

    public static readonly Error ListIsDefault = Error.Precondition("PRICE_LIST_IS_DEFAULT", "This price list answers where no other one does: make another one the default first.");

    public static readonly ForeignKeyViolation ListHasPrices =
        new(PriceConfiguration.ListKey, Error.Precondition("PRICE_LIST_HAS_PRICES", "This price list has prices: delete them first."));

    public static readonly Error ListFixed = Error.Invalid("price.priceListId", "The list of a price is fixed when it is made.");

    public static readonly Error ProductFixed = Error.Invalid("price.productId", "The product of a price is fixed when it is made.");

    public static Error TooManyLists => Error.Precondition("TOO_MANY_PRICE_LISTS", Say($"A company has at most {MaxPriceLists} price lists: delete one first."));

    /// <summary>What two calls at once run into.</summary>
    public static Violation[] OnSaveList =>
    [
        new UniqueViolation(PriceListConfiguration.UniqueName, Exists("PRICE_LIST_EXISTS", "priceList.name", "There is a price list of this name already.")),
        new UniqueViolation(PriceListConfiguration.OneDefault, Error.Stale("price list")),
    ];

    /// <summary>The same of a price.</summary>
    public static Violation[] OnSave =>
    [
        new UniqueViolation(PriceConfiguration.UniqueStep, Exists("PRICE_EXISTS", "price.startDate", "The list has a price of this product in this currency for this quantity that begins on the same day.")),
        new ForeignKeyViolation(PriceConfiguration.ListKey, NoList("price.priceListId")),
        new ForeignKeyViolation(PriceConfiguration.ProductKey, NoProduct),
    ];

    public static Error NoProduct => Error.Invalid("price.productId", "There is no such product.");

    public static Error NoList(string field) => Error.Invalid(field, "There is no such price list.");

    public static Error ListNotFound(string id) => Error.NotFound("price list", id);

    public static Error NotFound(string id) => Error.NotFound("price", id);

    private static Error Exists(string code, string field, string message) => Error.AlreadyExists(code, message) with { Violations = [new FieldViolation(field, message)] };
}
