using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Platform.CustomFields.V1;
using Platform.Monetary;
using static Platform.Languages.Wording;

namespace Platform.CustomFields;

/// <summary>Numbers. What has to be exact is text, because JSON's numbers are not.</summary>
internal static class NumberValues
{
    /// <summary>The largest whole number that every JSON reader takes as it is.</summary>
    public const double Largest = 9_007_199_254_740_991;

    public static ReadValue Whole(Field field, Value value)
    {
        if (value.KindCase != Value.KindOneofCase.NumberValue || Math.Floor(value.NumberValue) != value.NumberValue || Math.Abs(value.NumberValue) > Largest)
            return "Use a whole number such as 42, without quotes.";
        // Negative zero is zero.
        return OutOfRange(field, (decimal)value.NumberValue) ?? Value.ForNumber(value.NumberValue + 0.0);
    }

    public static ReadValue Decimal(Field field, Value value)
    {
        if (!TryParse(value, out var number))
            return "Use a number such as \"12.5\", of at most 15 digits before and 10 after the point.";
        if (field.HasDecimals && DecimalText.DecimalsOf(number) > field.Decimals)
            return Say($"Use at most {field.Decimals} digits after the point.");
        return OutOfRange(field, number) ?? Value.ForString(DecimalText.Format(number));
    }

    public static ReadValue Money(Field field, Value value)
    {
        const string advice = "Use an amount and its currency: {\"amount\": \"12.50\", \"currency\": \"EUR\"}.";
        if (value.KindCase != Value.KindOneofCase.StructValue || value.StructValue.Fields.Count != 2
            || !value.StructValue.Fields.TryGetValue("currency", out var currency) || !Currencies.Exists(currency.StringValue)
            || !value.StructValue.Fields.TryGetValue("amount", out var written) || !TryParse(written, out var amount))
            return advice;
        if (DecimalText.DecimalsOf(amount) > Currencies.DecimalsOf(currency.StringValue))
            return Say($"An amount in {currency.StringValue} has at most {Currencies.DecimalsOf(currency.StringValue)} digits after the point.");
        return OutOfRange(field, amount) ?? Value.ForStruct(new Struct
        {
            Fields = { ["amount"] = Value.ForString(amount.ToMoney(currency.StringValue).Amount), ["currency"] = currency.Clone() },
        });
    }

    // A number is taken for what it is written as, so that 0.1 is not 0.1000000000000000055.
    private static bool TryParse(Value value, out decimal number) => DecimalText.TryParse(
        value.KindCase == Value.KindOneofCase.NumberValue ? value.NumberValue.ToString("R", CultureInfo.InvariantCulture) : value.StringValue, out number);

    private static ReadValue? OutOfRange(Field field, decimal number)
    {
        if (field.Minimum.Length > 0 && number < DecimalText.Parse(field.Minimum))
            return Say($"Use {field.Minimum} or more.");
        if (field.Maximum.Length > 0 && number > DecimalText.Parse(field.Maximum))
            return Say($"Use {field.Maximum} or less.");
        return null;
    }
}
