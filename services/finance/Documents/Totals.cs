using Platform.Monetary;

namespace Platform.Finance.Documents;

/// <summary>
/// The sums of a document in the order of EN 16931: line nets are rounded already, their sum is exact (BT-109), tax is rounded
/// once a group or once a line, and nothing is rounded after that (BT-110, BT-112).
/// </summary>
internal sealed record Totals(IReadOnlyList<TaxSubtotal> Subtotals, decimal Net, decimal Tax)
{
    public decimal Gross => Net + Tax;

    public static Totals Of(IReadOnlyCollection<DocumentLine> lines, string currency)
    {
        var subtotals = lines
            .GroupBy(line => (line.TaxCategory, line.TaxRate))
            .OrderBy(group => group.Key.TaxCategory, StringComparer.Ordinal).ThenBy(group => group.Key.TaxRate)
            .Select(group => Subtotal(group.Key.TaxCategory, group.Key.TaxRate, [.. group], currency))
            .ToList();
        return new Totals(subtotals, lines.Sum(line => line.Net), subtotals.Sum(subtotal => subtotal.Tax));
    }

    private static TaxSubtotal Subtotal(string category, decimal rate, List<DocumentLine> lines, string currency)
    {
        var taxable = lines.Sum(line => line.Net);
        return new TaxSubtotal
        {
            Category = category,
            Rate = rate,
            Taxable = taxable,
            Tax = lines.All(line => line.Tax is not null) ? lines.Sum(line => line.Tax!.Value) : Amounts.PercentOf(taxable, rate, currency),
        };
    }
}
