using Platform.Monetary;

namespace Platform.Finance.Documents;

/// <summary>One group of the tax breakdown (EN 16931, BG-23); lives in the document's row.</summary>
internal sealed record TaxSubtotal
{
    public required string Category { get; init; }

    public required decimal Rate { get; init; }

    public required decimal Taxable { get; init; }

    public required decimal Tax { get; init; }

    public V1.TaxSubtotal ToMessage(string currency) => new()
    {
        Category = Category,
        Rate = DecimalText.Format(Rate),
        Taxable = Taxable.ToMoney(currency),
        Tax = Tax.ToMoney(currency),
    };
}
