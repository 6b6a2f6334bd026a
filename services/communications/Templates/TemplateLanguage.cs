using System.Globalization;
using System.Text.RegularExpressions;

namespace Platform.Communications.Templates;

/// <summary>
/// A language that templates are written in, and how it writes numbers and dates. Kept here, since the services run without
/// the operating system's culture data.
/// </summary>
internal sealed partial record TemplateLanguage(string Tag, NumberFormatInfo Numbers, string AmountFormat, string DateFormat, IReadOnlyList<string> Months)
{
    private const string NoBreakSpace = "\u00a0";

    public static readonly TemplateLanguage English = new(
        "en",
        new NumberFormatInfo { NumberDecimalSeparator = ".", NumberGroupSeparator = "," },
        $"{{1}}{NoBreakSpace}{{0}}",
        $"{{0}}{NoBreakSpace}{{1}} {{2}}",
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]);

    public static readonly TemplateLanguage Russian = new(
        "ru",
        new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = NoBreakSpace },
        $"{{0}}{NoBreakSpace}{{1}}",
        $"{{0}}{NoBreakSpace}{{1}} {{2}}{NoBreakSpace}г.",
        ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"]);

    private static readonly TemplateLanguage[] All = [English, Russian];

    /// <summary>Whether it looks like a language tag; empty is one, too.</summary>
    public static bool IsTag(string text) => text.Length == 0 || Bcp47().IsMatch(text);

    /// <summary>The language of the tag without regard to its region; English where there is none.</summary>
    public static TemplateLanguage Find(string tag) =>
        Array.Find(All, language => language.Tag.Equals(tag.Split('-')[0], StringComparison.OrdinalIgnoreCase)) ?? English;

    /// <summary>The number with the decimals that it came with.</summary>
    public string Number(string text)
    {
        if (!decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var value))
            return text;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return value.ToString($"N{(point < 0 ? 0 : text.Length - point - 1)}", Numbers);
    }

    public string Amount(string amount, string currency) => string.Format(CultureInfo.InvariantCulture, AmountFormat, Number(amount), currency);

    /// <summary>A calendar date YYYY-MM-DD in words.</summary>
    public string Date(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        ? string.Format(CultureInfo.InvariantCulture, DateFormat, date.Day, Months[date.Month - 1], date.Year)
        : text;

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$")]
    private static partial Regex Bcp47();
}
