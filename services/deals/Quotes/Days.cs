using Platform.Filtering.Values;

namespace Platform.Deals.Quotes;

/// <summary>Calendar dates of a place, and when they end.</summary>
internal static class Days
{
    /// <summary>The day that it is there.</summary>
    public static DateOnly Of(DateTimeOffset instant, string timeZone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(timeZone)).DateTime);

    /// <summary>The first instant after the day, where clocks are put forward at midnight too.</summary>
    public static DateTimeOffset EndOf(DateOnly date, string timeZone) => Dates.StartOf(date.AddDays(1), TimeZoneInfo.FindSystemTimeZoneById(timeZone));
}
