using Platform.Data;
using Platform.Errors;
using Platform.Inventory.Prices;
using static Platform.Languages.Wording;

namespace Platform.Inventory.Products;

internal static class ProductErrors
{
    /// <summary>Why a product cannot be deleted; a price that was made meanwhile is seen when the product is read again.</summary>
    public static Violation[] OnDelete =>
    [
        new ForeignKeyViolation(ProductUse.ProductKey, Error.Precondition("PRODUCT_IN_USE", "Deals or quotes name this product: make it inactive instead.")),
        new ForeignKeyViolation(PriceConfiguration.ProductKey, Error.Stale("product")),
    ];

    public static Error NotFound(string id) => Error.NotFound("product", id);

    public static UniqueViolation CodeTaken(string code)
    {
        var told = Say($"There is a product with the code '{code}' already.");
        return new(ProductConfiguration.UniqueCode, Error.AlreadyExists("PRODUCT_CODE_TAKEN", told) with { Violations = [new FieldViolation("product.code", told)] });
    }
}
