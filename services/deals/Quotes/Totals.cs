using Platform.Deals.Lines;
using Platform.Monetary;

namespace Platform.Deals.Quotes;

/// <summary>The sums of a quote in the order of EN 16931: lines are rounded already, tax is rounded once a group or once a line, and nothing after that.</summary>
internal sealed record Totals(IReadOnlyList<TaxSubtotal> Subtotals, decimal Net, decimal Tax)
{
    public decimal Gross => Net + Tax;

    public static Totals Of(IReadOnlyCollection<LineItem> lines, V1.QuoteTaxRounding rounding, string currency)
    {
        var subtotals = lines
            .GroupBy(line => (line.TaxCategory, line.TaxRate))
            .OrderBy(group => group.Key.TaxCategory, StringComparer.Ordinal).ThenBy(group => group.Key.TaxRate)
            .Select(group => Subtotal(group.Key.TaxCategory, group.Key.TaxRate, [.. group.Select(line => line.TotalOf())], rounding, currency))
            .ToList();
        return new Totals(subtotals, lines.Sum(line => line.TotalOf()), subtotals.Sum(subtotal => subtotal.Tax));
    }

    private static TaxSubtotal Subtotal(string category, decimal rate, List<decimal> amounts, V1.QuoteTaxRounding rounding, string currency) => new()
    {
        Category = category,
        Rate = rate,
        Taxable = amounts.Sum(),
        Tax = rounding == V1.QuoteTaxRounding.PerLine
            ? amounts.Sum(amount => Amounts.PercentOf(amount, rate, currency))
            : Amounts.PercentOf(amounts.Sum(), rate, currency),
    };
}
