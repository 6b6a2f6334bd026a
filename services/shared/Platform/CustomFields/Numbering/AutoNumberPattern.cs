using System.Globalization;
using System.Text.RegularExpressions;

namespace Platform.CustomFields.Numbering;

/// <summary>How an auto-number, or the number of a record, is written: <c>T-{yyyy}-{00000}</c>. Times are in UTC.</summary>
public static partial class AutoNumberPattern
{
    private const int Longest = 50;

    /// <summary>Whether it is one: with one count, and with the year where it names the month, so that no number comes twice.</summary>
    public static bool IsValid(string pattern) => pattern.Length <= Longest && !pattern.Any(char.IsControl) && Shape().IsMatch(pattern)
        && Part().Matches(pattern).Count(part => part.Value.Contains('0', StringComparison.Ordinal)) == 1
        && (!pattern.Contains("{MM}", StringComparison.Ordinal) || pattern.Contains("{yy", StringComparison.Ordinal));

    /// <summary>What the number counts within: a year, a month, or everything.</summary>
    public static string PeriodOf(string pattern, DateTimeOffset time) =>
        pattern.Contains("{MM}", StringComparison.Ordinal) ? Format(time, "yyyy-MM") : pattern.Contains("{yy", StringComparison.Ordinal) ? Format(time, "yyyy") : "";

    /// <summary>The number in words.</summary>
    public static string Write(string pattern, DateTimeOffset time, long number) => Part().Replace(pattern, part => part.Groups[1].Value switch
    {
        ['0', ..] zeros => number.ToString(CultureInfo.InvariantCulture).PadLeft(zeros.Length, '0'),
        var format => Format(time, format),
    });

    private static string Format(DateTimeOffset time, string format) => time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A[^{}]*(\{(yyyy|yy|MM|0{1,12})\}[^{}]*)+\z")]
    private static partial Regex Shape();

    [GeneratedRegex(@"\{(yyyy|yy|MM|0{1,12})\}")]
    private static partial Regex Part();
}
