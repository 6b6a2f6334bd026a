using Google.Protobuf.Collections;
using Grpc.Core;
using Platform.Errors;
using Platform.Inventory.V1;
using Platform.Monetary;
using static Platform.Languages.Wording;

namespace Platform.Deals.Lines;

/// <summary>
/// Asks the inventory domain, as the caller, for what lines leave empty that name a product. It stands from then on: nothing follows a later
/// change of the product or its prices.
/// </summary>
internal sealed class Catalog(ProductsService.ProductsServiceClient products)
{
    // As many as a document has lines; more are refused by their own rule.
    private const int MaxLines = 500;

    private const string FieldNotReadable = "FIELD_NOT_READABLE";

    private static readonly Error Unavailable =
        new(Google.Rpc.Code.Unavailable, "CATALOG_UNAVAILABLE", "The products of the lines cannot be looked up right now: try again in a moment.");

    /// <summary>Fills the lines; what is wrong with their products, or null. Call it before anything is locked or written.</summary>
    /// <param name="place">What the lines are of: "deal" or "quote".</param>
    /// <param name="lines">The lines as they were sent.</param>
    /// <param name="currency">Of the document.</param>
    /// <param name="known">Lines that the document, or what it is made from, has by now: whether their products may be sold is not asked again.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public async Task<Error?> CompleteAsync(string place, RepeatedField<V1.LineItem> lines, string currency, IEnumerable<LineItem> known, CancellationToken cancellationToken)
    {
        var sold = known.Select(line => line.ProductId).OfType<Guid>().ToHashSet();
        var asked = lines.Index().Where(line => IsAsked(line.Item, sold)).ToList();
        // What cannot be read is refused by its own rule, and so are too many.
        if (asked.Count == 0 || lines.Count > MaxLines || !Currencies.Exists(currency))
            return null;
        var found = await AskAsync([.. asked.Select(line => line.Item)], currency, cancellationToken);
        if (found.IsError)
            return found.Error;
        var faults = asked.Zip(found.Value, (line, one) => Fill(line.Item, one, $"{place}.lineItems[{line.Index}]", sold)).OfType<FieldViolation>().ToList();
        return faults.Count == 0 ? null : Error.Invalid(faults);
    }

    private static bool IsAsked(V1.LineItem line, HashSet<Guid> sold) =>
        Guid.TryParse(line.ProductId, out var product) && MoneyRules.IsQuantity(line.Quantity) && (!sold.Contains(product) || HasGap(line));

    private static bool HasGap(V1.LineItem line) =>
        string.IsNullOrWhiteSpace(line.ProductCode) || string.IsNullOrWhiteSpace(line.Description) || line.Unit.Length == 0 || line.UnitPrice is null || IsUntaxed(line) || line.Recurrence == V1.Recurrence.Unspecified;

    private static bool IsUntaxed(V1.LineItem line) => line.TaxCategory.Length == 0 && line.TaxRate.Length == 0;

    private static FieldViolation? Fill(V1.LineItem line, PricedProduct found, string place, HashSet<Guid> sold)
    {
        if (found.Product is not { } product)
            return new FieldViolation($"{place}.productId", Say($"There is no product with id '{line.ProductId}'."));
        if (!product.Active && !sold.Contains(Guid.Parse(product.Id)))
            return new FieldViolation($"{place}.productId", Say($"The product '{product.Code}' is not sold any more."));
        if (line.UnitPrice is null && found.Price is null)
            return new FieldViolation($"{place}.unitPrice", Say($"The product '{product.Code}' has no price in this currency for this quantity today: enter one."));
        line.UnitPrice ??= found.Price.UnitPrice;
        Describe(line, product);
        if (IsUntaxed(line))
            (line.TaxCategory, line.TaxRate) = (product.TaxCategory, product.TaxRate);
        if (line.Recurrence == V1.Recurrence.Unspecified)
            line.Recurrence = product.Recurrence;
        if (line.Term == 0 && line.Recurrence == product.Recurrence)
            line.Term = product.DefaultTerm;
        return null;
    }

    private static void Describe(V1.LineItem line, Product product)
    {
        if (string.IsNullOrWhiteSpace(line.ProductCode))
            line.ProductCode = product.Code;
        if (string.IsNullOrWhiteSpace(line.Description))
            line.Description = product.Name;
        if (line.Unit.Length == 0)
            line.Unit = product.Unit;
    }

    // Either there is no permission, or a field of products is hidden that a line takes over.
    private static Error DeniedBy(RpcException exception) =>
        exception.GetRpcStatus()?.GetDetail<Google.Rpc.ErrorInfo>()?.Reason == FieldNotReadable
            ? new Error(Google.Rpc.Code.PermissionDenied, FieldNotReadable, exception.Status.Detail) : Error.PermissionDenied("inventory.read");

    private async Task<Result<IReadOnlyList<PricedProduct>>> AskAsync(IEnumerable<V1.LineItem> lines, string currency, CancellationToken cancellationToken)
    {
        var request = new TakeProductsRequest
        {
            Questions = { lines.Select(line => new PriceQuestion { ProductId = line.ProductId, Currency = currency, Quantity = line.Quantity }) },
        };
        try
        {
            return (await products.TakeProductsAsync(request, cancellationToken: cancellationToken)).Products;
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return exception.StatusCode == StatusCode.PermissionDenied ? DeniedBy(exception) : Unavailable;
        }
    }
}
