using System.Globalization;
using Platform.Filtering.Values;

namespace Platform.Deals.Quotes;

/// <summary>Calendar dates in messages, and when they end.</summary>
internal static class Days
{
    private const string Format = "yyyy-MM-dd";

    public static string ToDateText(this DateOnly date) => date.ToString(Format, CultureInfo.InvariantCulture);

    public static DateOnly? ToDateOrNull(this string text) => text.Length == 0 ? null : DateOnly.ParseExact(text, Format, CultureInfo.InvariantCulture);

    /// <summary>The day that it is there.</summary>
    public static DateOnly Of(DateTimeOffset instant, string timeZone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(timeZone)).DateTime);

    /// <summary>The first instant after the day, where clocks are put forward at midnight too.</summary>
    public static DateTimeOffset EndOf(DateOnly date, string timeZone) => Dates.StartOf(date.AddDays(1), TimeZoneInfo.FindSystemTimeZoneById(timeZone));
}
