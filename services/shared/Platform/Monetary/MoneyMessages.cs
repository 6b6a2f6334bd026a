using System.Globalization;
using Platform.Common.V1;

namespace Platform.Monetary;

/// <summary>Money between messages and code, where it is a decimal beside its document's currency.</summary>
public static class MoneyMessages
{
    /// <summary>Decimals that a unit price may have at most.</summary>
    public const int UnitPriceDecimals = 6;

    /// <summary>An amount on a document, with exactly the decimals of its currency: "12.30".</summary>
    public static Money ToMoney(this decimal amount, string currency) =>
        new() { Currency = currency, Amount = amount.ToString($"F{Currencies.DecimalsOf(currency)}", CultureInfo.InvariantCulture) };

    /// <summary>A price of one unit, with at least the decimals of its currency and at most six.</summary>
    public static Money ToUnitPrice(this decimal price, string currency)
    {
        var decimals = Currencies.DecimalsOf(currency);
        var format = decimals == 0 ? "0.######" : $"0.{new string('0', decimals)}{new string('#', UnitPriceDecimals - decimals)}";
        return new Money { Currency = currency, Amount = price.ToString(format, CultureInfo.InvariantCulture) };
    }

    /// <summary>The amount of a validated message.</summary>
    public static decimal ToDecimal(this Money money) => DecimalText.Parse(money.Amount);
}
