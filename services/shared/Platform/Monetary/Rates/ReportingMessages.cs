using Platform.Common.V1;

namespace Platform.Monetary.Rates;

/// <summary>What messages say of a record in the company's currency.</summary>
public static class ReportingMessages
{
    /// <summary>An amount in the company's currency, rounded once; null where no rate is known.</summary>
    public static Money? ToReporting(this decimal amount, string companyCurrency, decimal? rate) =>
        rate is { } known ? Amounts.Round(amount * known, companyCurrency).ToMoney(companyCurrency) : null;

    /// <summary>The rate as text; empty where none is known.</summary>
    public static string ToRateText(this decimal? rate) => rate is { } known ? DecimalText.Format(known) : "";
}
