using Platform.Monetary;

namespace Platform.Finance.Documents;

/// <summary>A line of an invoice or a credit note; lives in the document's row.</summary>
internal sealed record DocumentLine
{
    private const string Piece = "C62";

    public required int Position { get; init; }

    public required string ProductCode { get; init; }

    public required string Description { get; init; }

    public required decimal Quantity { get; init; }

    public required string Unit { get; init; }

    public required decimal UnitPrice { get; init; }

    public required decimal DiscountPercent { get; init; }

    public required string TaxCategory { get; init; }

    public required decimal TaxRate { get; init; }

    public required decimal Net { get; init; }

    /// <summary>Only where the document rounds tax per line.</summary>
    public decimal? Tax { get; init; }

    public static DocumentLine Create(V1.InvoiceLine message, int position, V1.TaxRounding rounding)
    {
        var currency = message.UnitPrice.Currency;
        var quantity = DecimalText.Parse(message.Quantity);
        var unitPrice = message.UnitPrice.ToDecimal();
        var discount = DecimalText.Parse(message.DiscountPercent);
        var rate = DecimalText.Parse(message.TaxRate);
        var net = Amounts.LineNet(quantity, unitPrice, discount, currency);
        return new DocumentLine
        {
            Position = position,
            ProductCode = message.ProductCode.Trim(),
            Description = message.Description.Trim(),
            Quantity = quantity,
            Unit = message.Unit.Length == 0 ? Piece : message.Unit,
            UnitPrice = unitPrice,
            DiscountPercent = discount,
            TaxCategory = TaxCategories.OrStandard(message.TaxCategory),
            TaxRate = rate,
            Net = net,
            Tax = rounding == V1.TaxRounding.PerLine ? Amounts.PercentOf(net, rate, currency) : null,
        };
    }

    public V1.InvoiceLine ToMessage(string currency) => new()
    {
        Position = Position,
        ProductCode = ProductCode,
        Description = Description,
        Quantity = DecimalText.Format(Quantity),
        Unit = Unit,
        UnitPrice = UnitPrice.ToUnitPrice(currency),
        DiscountPercent = DecimalText.Format(DiscountPercent),
        TaxCategory = TaxCategory,
        TaxRate = DecimalText.Format(TaxRate),
        Net = Net.ToMoney(currency),
        Tax = Tax?.ToMoney(currency),
    };
}
