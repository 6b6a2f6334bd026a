using Platform.Monetary;

namespace Platform.Deals.Quotes;

/// <summary>The tax of one category and rate; lives in the quote's row.</summary>
internal sealed record TaxSubtotal
{
    public required string Category { get; init; }

    public required decimal Rate { get; init; }

    public required decimal Taxable { get; init; }

    public required decimal Tax { get; init; }

    public V1.QuoteTaxSubtotal ToMessage(string currency) => new()
    {
        Category = Category,
        Rate = DecimalText.Format(Rate),
        Taxable = Taxable.ToMoney(currency),
        Tax = Tax.ToMoney(currency),
    };
}
