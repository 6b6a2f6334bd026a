using System.Globalization;
using System.Text.RegularExpressions;

namespace Platform.Deals.Forecasts;

/// <summary>A month or a quarter of a year.</summary>
/// <param name="Name">"2026-11" or "2026-Q4".</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
internal sealed partial record Period(string Name, DateOnly From, DateOnly To)
{
    private const int QuarterMonths = 3;

    /// <summary>Null where it is none.</summary>
    public static Period? Parse(string name)
    {
        if (Shape().Match(name) is not { Success: true } match)
            return null;
        var year = int.Parse(match.Groups["year"].Value, CultureInfo.InvariantCulture);
        return match.Groups["quarter"] is { Success: true } quarter
            ? Of(name, year, ((int.Parse(quarter.Value, CultureInfo.InvariantCulture) - 1) * QuarterMonths) + 1, QuarterMonths)
            : Of(name, year, int.Parse(match.Groups["month"].Value, CultureInfo.InvariantCulture), months: 1);
    }

    /// <summary>The quarter in which a day is.</summary>
    public static Period QuarterOf(DateOnly day) => Parse(string.Create(CultureInfo.InvariantCulture, $"{day.Year:0000}-Q{((day.Month - 1) / QuarterMonths) + 1}"))!;

    private static Period Of(string name, int year, int month, int months)
    {
        var first = new DateOnly(year, month, 1);
        return new Period(name, first, first.AddMonths(months).AddDays(-1));
    }

    [GeneratedRegex(@"\A(?<year>2[0-9]{3})-(Q(?<quarter>[1-4])|(?<month>0[1-9]|1[0-2]))\z")]
    private static partial Regex Shape();
}
