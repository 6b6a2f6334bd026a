using System.Globalization;
using System.Text.RegularExpressions;

namespace Platform.Monetary;

/// <summary>Decimal numbers in messages: "-12.30", with a point, without grouping or exponent.</summary>
public static partial class DecimalText
{
    /// <summary>Reads a number of at most 15 digits before and 10 after the point.</summary>
    public static bool TryParse(string text, out decimal value)
    {
        value = 0;
        return Shape().IsMatch(text) && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>The number in a validated field; empty is <paramref name="otherwise"/>.</summary>
    public static decimal Parse(string text, decimal otherwise = 0) =>
        text.Length == 0 ? otherwise : decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    /// <summary>The shortest text: "2.5", "20".</summary>
    public static string Format(decimal value) => value.ToString("0.##########", CultureInfo.InvariantCulture);

    /// <summary>Decimals that the value needs: 2 for 1.250.</summary>
    public static int DecimalsOf(decimal value) => (value / 1.0000000000000000000000000000m).Scale;

    [GeneratedRegex(@"\A-?[0-9]{1,15}(\.[0-9]{1,10})?\z")]
    private static partial Regex Shape();
}
