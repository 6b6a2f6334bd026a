using System.Globalization;
using System.Text.RegularExpressions;

namespace Platform.CustomFields;

/// <summary>What numbers of an object's records look like: <c>M-{number}</c>, <c>{year}/{number:5}</c>.</summary>
public sealed partial class NumberPattern
{
    private const int MaxLength = 60;

    private readonly string _text;

    private NumberPattern(string text) => _text = text;

    /// <summary>Whether counting begins anew each year.</summary>
    public bool IsYearly => _text.Contains("{year}", StringComparison.Ordinal);

    /// <summary>Reads a pattern; null where it is none.</summary>
    public static NumberPattern? Parse(string text) =>
        text.Length <= MaxLength && text.Trim() == text && !text.Any(char.IsControl) && Counter().Count(text) == 1 && Counter().Replace(text, "").Replace("{year}", "", StringComparison.Ordinal).IndexOfAny(['{', '}']) < 0
            ? new NumberPattern(text)
            : null;

    /// <summary>The number of that place in the count.</summary>
    public string Format(long place, int year) => Counter()
        .Replace(_text, match => place.ToString(CultureInfo.InvariantCulture).PadLeft(match.Groups[1].Success ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 1, '0'))
        .Replace("{year}", year.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    [GeneratedRegex(@"\{number(?::([1-9]|1[0-2]))?\}")]
    private static partial Regex Counter();
}
