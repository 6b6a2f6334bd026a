namespace Platform.Monetary;

/// <summary>
/// The arithmetic of documents. Exact up to the one rounding in each step: with at most <see cref="MaxLine"/> a line, every
/// product fits into the 28 digits of a decimal.
/// </summary>
public static class Amounts
{
    /// <summary>The largest quantity × unit price of one line.</summary>
    public const decimal MaxLine = 999_999_999_999m;

    /// <summary>Half up (away from zero) to the decimals of the currency.</summary>
    public static decimal Round(decimal amount, string currency) => Math.Round(amount, Currencies.DecimalsOf(currency), MidpointRounding.AwayFromZero);

    /// <summary>Quantity × unit price less discount, rounded once (EN 16931, BT-131).</summary>
    public static decimal LineNet(decimal quantity, decimal unitPrice, decimal discountPercent, string currency) =>
        PercentOf(quantity * unitPrice, 100 - discountPercent, currency);

    /// <summary>
    /// Parts of an amount by percentages of 100 together. They add up to it exactly: each is rounded towards zero, and what is left goes,
    /// one smallest unit of the currency each, to those that lost most by that; of equals to the first.
    /// </summary>
    /// <param name="amount">With no more decimals than the currency has.</param>
    /// <param name="percents">With at most four decimals; without any there are no parts.</param>
    /// <param name="currency">ISO 4217 code.</param>
    public static IReadOnlyList<decimal> Split(decimal amount, IReadOnlyList<decimal> percents, string currency)
    {
        if (percents.Count == 0)
            return [];
        var unit = 1m;
        for (var i = Currencies.DecimalsOf(currency); i > 0; i--)
            unit /= 10;
        var exact = percents.Select(percent => amount / unit * percent / 100).ToList();
        var parts = exact.ConvertAll(decimal.Truncate);
        var left = (int)((amount / unit) - parts.Sum());
        foreach (var index in Enumerable.Range(0, parts.Count).OrderByDescending(index => Math.Abs(exact[index] - parts[index])).Take(Math.Abs(left)))
            parts[index] += Math.Sign(left);
        return parts.ConvertAll(part => part * unit);
    }

    /// <summary>A percentage of an amount, rounded once.</summary>
    public static decimal PercentOf(decimal amount, decimal percent, string currency) => Round(amount * percent * 0.01m, currency);
}
