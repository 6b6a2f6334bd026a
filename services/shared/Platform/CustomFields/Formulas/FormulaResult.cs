using Google.Protobuf.WellKnownTypes;
using Platform.Monetary;

namespace Platform.CustomFields.Formulas;

/// <summary>What a formula gives, made fit to be stored.</summary>
internal static class FormulaResult
{
    private const int Decimals = 10;
    private const decimal Limit = 1_000_000_000_000_000m;

    /// <summary>Within the bounds of fields of its type; none where it is not.</summary>
    public static FormulaValue Fit(FormulaValue result) => result.Value switch
    {
        decimal number => FitNumber(Math.Round(number, Decimals, MidpointRounding.AwayFromZero)),
        MoneyAmount money => FormulaArithmetic.Rounded(money) is { Value: MoneyAmount rounded } && Math.Abs(rounded.Amount) < Limit ? rounded : FormulaValue.None(Currencies.Exists(money.Currency) ? FormulaValue.OutOfRange : FormulaValue.UnknownCurrency),
        string { Length: 0 } => FormulaValue.Missing,
        string text when text.Length > TextValues.LineLength => FormulaValue.None(FormulaValue.TooLong),
        DateOnly date when TimeValues.ParseDate(TimeValues.Format(date)) is null => FormulaValue.None(FormulaValue.OutOfRange),
        DateTimeOffset instant when TimeValues.ParseInstant(TimeValues.Format(instant)) is null => FormulaValue.None(FormulaValue.OutOfRange),
        _ => result,
    };

    /// <summary>As it is stored; null where there is none.</summary>
    public static Value ToValue(FormulaValue fitting) => fitting.Value switch
    {
        decimal number => Value.ForString(DecimalText.Format(number)),
        string text => Value.ForString(text),
        bool flag => Value.ForBool(flag),
        DateOnly date => Value.ForString(TimeValues.Format(date)),
        DateTimeOffset instant => Value.ForString(TimeValues.Format(instant)),
        MoneyAmount money => Value.ForStruct(new Struct
        {
            Fields = { ["amount"] = Value.ForString(money.Amount.ToMoney(money.Currency).Amount), ["currency"] = Value.ForString(money.Currency) },
        }),
        _ => Value.ForNull(),
    };

    private static FormulaValue FitNumber(decimal number) => Math.Abs(number) < Limit ? number : FormulaValue.None(FormulaValue.OutOfRange);
}
