using Platform.Monetary;

namespace Platform.Deals.Lines;

/// <summary>What lines bring once, a month (MRR) and a year (ARR): sums of rounded amounts, never rounded themselves.</summary>
internal sealed record RecurringTotals(decimal OneOff, decimal Monthly, decimal Yearly)
{
    private const int MonthsOfYear = 12;

    public static RecurringTotals Of(IReadOnlyCollection<LineItem> lines, string currency) => new(
        lines.Where(line => line.Recurrence is null).Sum(line => line.Net),
        lines.Sum(line => line.Recurrence switch
        {
            V1.Recurrence.Monthly => line.Net,
            V1.Recurrence.Yearly => Amounts.Round(line.Net / MonthsOfYear, currency),
            _ => 0,
        }),
        lines.Sum(line => line.Recurrence switch
        {
            V1.Recurrence.Monthly => line.Net * MonthsOfYear,
            V1.Recurrence.Yearly => line.Net,
            _ => 0,
        }));
}
