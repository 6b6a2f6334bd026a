using System.Globalization;

namespace Platform.Finance.Documents;

/// <summary>Calendar dates in messages.</summary>
internal static class Dates
{
    private const string Format = "yyyy-MM-dd";

    public static string ToDateText(this DateOnly? date) => date?.ToDateText() ?? "";

    public static string ToDateText(this DateOnly date) => date.ToString(Format, CultureInfo.InvariantCulture);

    public static DateOnly? ToDateOrNull(this string text) => text.Length == 0 ? null : DateOnly.ParseExact(text, Format, CultureInfo.InvariantCulture);
}
