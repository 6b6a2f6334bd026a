using Platform.Monetary;

namespace Platform.Deals.Deals;

/// <summary>A line of a deal; lives in the deal's row.</summary>
internal sealed class LineItem
{
    private const string Piece = "C62";

    public required Guid Id { get; init; }

    public required string ProductCode { get; init; }

    public required string Description { get; init; }

    public required decimal Quantity { get; init; }

    public required string Unit { get; init; }

    public required decimal UnitPrice { get; init; }

    public required decimal DiscountPercent { get; init; }

    public required string TaxCategory { get; init; }

    public required decimal TaxRate { get; init; }

    public required decimal Net { get; init; }

    /// <summary>Makes the line of a message; it keeps its id where that is one of <paramref name="known"/>.</summary>
    public static LineItem Create(V1.LineItem message, HashSet<Guid> known)
    {
        var quantity = DecimalText.Parse(message.Quantity);
        var unitPrice = message.UnitPrice.ToDecimal();
        var discount = DecimalText.Parse(message.DiscountPercent);
        return new LineItem
        {
            // Taken out, so that a copied line gets an id of its own.
            Id = Guid.TryParse(message.Id, out var id) && known.Remove(id) ? id : Guid.CreateVersion7(),
            ProductCode = message.ProductCode.Trim(),
            Description = message.Description.Trim(),
            Quantity = quantity,
            Unit = message.Unit.Length == 0 ? Piece : message.Unit,
            UnitPrice = unitPrice,
            DiscountPercent = discount,
            TaxCategory = TaxCategories.OrStandard(message.TaxCategory),
            TaxRate = DecimalText.Parse(message.TaxRate),
            Net = Amounts.LineNet(quantity, unitPrice, discount, message.UnitPrice.Currency),
        };
    }

    public V1.LineItem ToMessage(string currency) => new()
    {
        Id = Id.ToString(),
        ProductCode = ProductCode,
        Description = Description,
        Quantity = DecimalText.Format(Quantity),
        Unit = Unit,
        UnitPrice = UnitPrice.ToUnitPrice(currency),
        DiscountPercent = DecimalText.Format(DiscountPercent),
        TaxCategory = TaxCategory,
        TaxRate = DecimalText.Format(TaxRate),
        Net = Net.ToMoney(currency),
    };
}
