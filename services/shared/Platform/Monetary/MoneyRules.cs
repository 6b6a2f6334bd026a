using System.Text.RegularExpressions;
using FluentValidation;
using Platform.Common.V1;
using static Platform.Languages.Wording;

namespace Platform.Monetary;

/// <summary>Validation of money and of the lines of documents.</summary>
public static partial class MoneyRules
{
    private const decimal MaxQuantity = 999_999_999m;

    /// <summary>An ISO 4217 code.</summary>
    public static IRuleBuilderOptions<T, string> Currency<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(Currencies.Exists).WithMessage("Use an ISO 4217 currency code in upper case, such as EUR.");

    /// <summary>An amount of zero or more with the decimals that its currency has, or none at all.</summary>
    public static IRuleBuilderOptions<T, Money> OptionalAmount<T>(this IRuleBuilder<T, Money> rule) => rule
        .Must(money => money is null || (Currencies.Exists(money.Currency) && IsNumber(money.Amount, 0, Amounts.MaxLine, Currencies.DecimalsOf(money.Currency))))
        .WithMessage("Use a currency and an amount such as \"1234.50\": zero or more, with no more decimals than the currency has.");

    /// <summary>A price of zero or more with up to six decimals.</summary>
    public static IRuleBuilderOptions<T, Money> UnitPrice<T>(this IRuleBuilder<T, Money> rule) => rule
        .Must(money => money is not null && Currencies.Exists(money.Currency) && IsNumber(money.Amount, 0, Amounts.MaxLine, MoneyMessages.UnitPriceDecimals))
        .WithMessage(_ => Say($"Use a currency and an amount such as \"9.99\": zero or more, with at most {MoneyMessages.UnitPriceDecimals} decimals."));

    /// <summary>A number above zero with up to four decimals.</summary>
    public static IRuleBuilderOptions<T, string> Quantity<T>(this IRuleBuilder<T, string> rule) => rule
        .Must(IsQuantity).WithMessage("Use a number above 0 with at most 4 decimals, such as \"2.5\".");

    /// <summary>0 to 100 with up to four decimals, or empty.</summary>
    public static IRuleBuilderOptions<T, string> OptionalPercent<T>(this IRuleBuilder<T, string> rule) => rule
        .Must(text => text.Length == 0 || IsNumber(text, 0, 100, 4)).WithMessage("Use a number from 0 to 100 with at most 4 decimals, such as \"7.5\".");

    /// <summary>A code of UN/ECE Recommendation 20, or empty.</summary>
    public static IRuleBuilderOptions<T, string> OptionalUnit<T>(this IRuleBuilder<T, string> rule) => rule
        .Must(text => text.Length == 0 || UnitCode().IsMatch(text)).WithMessage("Use a unit code of UN/ECE Recommendation 20, such as C62 (piece) or HUR (hour).");

    /// <summary>A VAT category of EN 16931, or empty.</summary>
    public static IRuleBuilderOptions<T, string> OptionalTaxCategory<T>(this IRuleBuilder<T, string> rule) => rule
        .Must(text => text.Length == 0 || TaxCategories.Exists(text)).WithMessage("Use a VAT category of EN 16931: S, Z, E, AE, K, G or O.");

    /// <summary>A rate that its category allows; empty is 0.</summary>
    public static IRuleBuilderOptions<T, string> TaxRate<T>(this IRuleBuilder<T, string> rule, Func<T, string> category) => rule
        .OptionalPercent()
        .Must((line, text) => !DecimalText.TryParse(text.Length == 0 ? "0" : text, out var rate) || TaxCategories.Allows(category(line), rate))
        .WithMessage("Category S needs a rate above 0; every other category has the rate 0.");

    /// <summary>Whether quantity × unit price, both valid for themselves, stays below the limit.</summary>
    public static bool IsLineInRange(string quantity, Money? unitPrice) =>
        !DecimalText.TryParse(quantity, out var count) || unitPrice is null || !DecimalText.TryParse(unitPrice.Amount, out var price)
        || count > MaxQuantity || price > Amounts.MaxLine || count * price <= Amounts.MaxLine;

    /// <summary>Whether it is a number above zero with up to four decimals.</summary>
    public static bool IsQuantity(string text) => IsNumber(text, 0.0001m, MaxQuantity, 4);

    private static bool IsNumber(string text, decimal minimum, decimal maximum, int decimals) =>
        DecimalText.TryParse(text, out var value) && value >= minimum && value <= maximum && DecimalText.DecimalsOf(value) <= decimals;

    [GeneratedRegex(@"\A[A-Z0-9]{2,3}\z")]
    private static partial Regex UnitCode();
}
