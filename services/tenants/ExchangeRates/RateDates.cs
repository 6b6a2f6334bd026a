using System.Globalization;

namespace Platform.Tenants.ExchangeRates;

/// <summary>The days of rates in messages.</summary>
internal static class RateDates
{
    private const string Pattern = "yyyy-MM-dd";

    public static string Format(DateOnly date) => date.ToString(Pattern, CultureInfo.InvariantCulture);

    /// <summary>Null where it is no date.</summary>
    public static DateOnly? Parse(string text) =>
        DateOnly.TryParseExact(text, Pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
