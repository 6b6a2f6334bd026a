using Platform.Common.V1;
using Platform.Finance.V1;
using Platform.Monetary;

namespace Platform.Search.Customers;

/// <summary>Amounts in the company's currency, as the domains converted them.</summary>
internal static class InCompanyCurrency
{
    /// <summary>An amount that may be read; null otherwise.</summary>
    public static (decimal Amount, string Currency)? Read(Money? money) =>
        money is not null && Currencies.Exists(money.Currency) && DecimalText.TryParse(money.Amount, out var amount) ? (amount, money.Currency) : null;

    public static Money Sum(IGrouping<string, (decimal Amount, string Currency)> amounts) => amounts.Sum(amount => amount.Amount).ToMoney(amounts.Key);

    /// <summary>What of an invoice is still to be paid, by the invoice's rate; null where it may not be read, or no rate is known.</summary>
    public static Money? DueOf(Invoice invoice) =>
        Read(invoice.AmountDue) is { } due && Read(invoice.ReportingTotal) is { } total && DecimalText.TryParse(invoice.ReportingRate, out var rate)
            ? Amounts.Round(due.Amount * rate, total.Currency).ToMoney(total.Currency)
            : null;
}
