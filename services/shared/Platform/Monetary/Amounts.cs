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

    /// <summary>A percentage of an amount, rounded once.</summary>
    public static decimal PercentOf(decimal amount, decimal percent, string currency) => Round(amount * percent * 0.01m, currency);
}
