using System.Globalization;
using System.Text.RegularExpressions;

namespace Platform.Languages;

/// <summary>
/// A language that e-mails, documents and pages for customers are written in, and how it writes numbers and dates. Kept here, since the
/// services run without the operating system's culture data.
/// </summary>
/// <param name="Tag">Two letters: "en".</param>
/// <param name="Numbers">How numbers are written.</param>
/// <param name="AmountFormat">Of an amount and its currency in a sentence.</param>
/// <param name="DateFormat">Of day, name of the month and year.</param>
/// <param name="Months">As they stand in a date.</param>
public sealed partial record WrittenLanguage(string Tag, NumberFormatInfo Numbers, string AmountFormat, string DateFormat, IReadOnlyList<string> Months)
{
    private const string NoBreakSpace = "\u00a0";

    /// <summary>"EUR 1,234.50", "31 December 2026".</summary>
    public static readonly WrittenLanguage English = new(
        "en",
        new NumberFormatInfo { NumberDecimalSeparator = ".", NumberGroupSeparator = "," },
        $"{{1}}{NoBreakSpace}{{0}}",
        $"{{0}}{NoBreakSpace}{{1}} {{2}}",
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]);

    /// <summary>"1 234,50 EUR", "31 декабря 2026 г.".</summary>
    public static readonly WrittenLanguage Russian = new(
        "ru",
        new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = NoBreakSpace },
        $"{{0}}{NoBreakSpace}{{1}}",
        $"{{0}}{NoBreakSpace}{{1}} {{2}}{NoBreakSpace}г.",
        ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"]);

    private static readonly WrittenLanguage[] All = [English, Russian];

    /// <summary>Whether it looks like a language tag; empty is one, too.</summary>
    public static bool IsTag(string text) => text.Length == 0 || Bcp47().IsMatch(text);

    /// <summary>The language of the tag without regard to its region; English where there is none.</summary>
    public static WrittenLanguage Find(string tag) =>
        Array.Find(All, language => language.Tag.Equals(tag.Split('-')[0], StringComparison.OrdinalIgnoreCase)) ?? English;

    /// <summary>The number with the decimals that it came with; text that is none as it is.</summary>
    public string Number(string text)
    {
        if (!decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var value))
            return text;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return value.ToString($"N{(point < 0 ? 0 : text.Length - point - 1)}", Numbers);
    }

    /// <summary>An amount with its currency, as it stands in a sentence.</summary>
    public string Amount(string amount, string currency) => string.Format(CultureInfo.InvariantCulture, AmountFormat, Number(amount), currency);

    /// <summary>A calendar date YYYY-MM-DD in words.</summary>
    public string Date(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        ? Date(date)
        : text;

    /// <summary>A calendar date in words.</summary>
    public string Date(DateOnly date) => string.Format(CultureInfo.InvariantCulture, DateFormat, date.Day, Months[date.Month - 1], date.Year);

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$")]
    private static partial Regex Bcp47();
}
