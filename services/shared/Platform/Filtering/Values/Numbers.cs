using System.Globalization;
using Platform.Filtering.Parsing;
using static Platform.Languages.Wording;

namespace Platform.Filtering.Values;

/// <summary>Numbers, without quotes.</summary>
internal static class Numbers
{
    private const int MaxDigits = 28;

    public static ValueReader<decimal> Decimal { get; } = new()
    {
        Parse = literal => literal.IsQuoted ? null : ValueReader<decimal>.Constant(ParseDecimal(literal.Value)),
        Advice = literal => literal.IsQuoted ? "Write a number without quotes." : Say($"Use a number such as 12.5, of at most {MaxDigits} digits."),
    };

    public static ValueReader<int> Whole { get; } = new()
    {
        Parse = literal => !literal.IsQuoted && int.TryParse(literal.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? _ => value : null,
        Advice = literal => literal.IsQuoted ? "Write a number without quotes." : "Use a whole number.",
    };

    public static ValueReader<long> Long { get; } = new()
    {
        Parse = literal => !literal.IsQuoted && long.TryParse(literal.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? _ => value : null,
        Advice = literal => literal.IsQuoted ? "Write a number without quotes." : "Use a whole number.",
    };

    // More digits would be rounded here and not in PostgreSQL.
    public static decimal? ParseDecimal(string text) =>
        text.Count(char.IsAsciiDigit) <= MaxDigits
        && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;
}
