using System.Globalization;
using Platform.Errors;
using Platform.Filtering.Parsing;
using static Platform.Languages.Wording;

namespace Platform.Filtering.Values;

/// <summary>A function of the moment and the user's time zone: a date, or for <c>now()</c> an instant.</summary>
/// <param name="Date">The date; null for <c>now()</c>.</param>
/// <param name="IsEnd">Then a moment is the last one of that date, and the first one otherwise.</param>
internal sealed record FilterFunction(Func<FilterContext, DateOnly>? Date, bool IsEnd = false)
{
    private const int MaxUnits = 1_000;
    private const int MaxDays = 100_000;

    private static readonly Dictionary<string, Func<DateOnly, int, DateOnly>> Dates = new(StringComparer.Ordinal)
    {
        ["today"] = (today, _) => today,
        ["daysAgo"] = (today, offset) => today.AddDays(-offset),
        ["startOfDay"] = (today, offset) => today.AddDays(offset),
        ["startOfWeek"] = WeekOf,
        ["startOfMonth"] = MonthOf,
        ["startOfQuarter"] = QuarterOf,
        ["startOfYear"] = YearOf,
        ["endOfDay"] = (today, offset) => today.AddDays(offset),
        ["endOfWeek"] = (today, offset) => WeekOf(today, offset + 1).AddDays(-1),
        ["endOfMonth"] = (today, offset) => MonthOf(today, offset + 1).AddDays(-1),
        ["endOfQuarter"] = (today, offset) => QuarterOf(today, offset + 1).AddDays(-1),
        ["endOfYear"] = (today, offset) => YearOf(today, offset + 1).AddDays(-1),
    };

    public static Result<FilterFunction> Read(Call call)
    {
        if (call.Name == "now")
            return call.Arguments.Count == 0 ? new FilterFunction(Date: null) : Wrong(call, "now() takes no argument.");
        if (!Dates.TryGetValue(call.Name, out var function))
            return Wrong(call, Say($"There is no function '{call.Name}'.{FilterErrors.DidYouMean(call.Name, Dates.Keys.Append("now"))}"));
        if (call.Arguments.Count > (call.Name == "today" ? 0 : 1) || (call.Name == "daysAgo" && call.Arguments.Count == 0))
            return Wrong(call, call.Name switch { "today" => "today() takes no argument.", "daysAgo" => "daysAgo() takes one number: daysAgo(7).", _ => Say($"{call.Name}() takes at most one number.") });
        var offset = 0;
        var most = call.Name is "daysAgo" or "startOfDay" or "endOfDay" ? MaxDays : MaxUnits;
        if (call.Arguments is [var argument] && (!int.TryParse(argument.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out offset) || offset < -most || offset > most))
            return FilterErrors.At(argument.Position, Say($"{call.Name}() takes a whole number from {-most} to {most}."));
        return new FilterFunction(context => function(context.Today, offset), call.Name.StartsWith("endOf", StringComparison.Ordinal));
    }

    // From Monday on, as in ISO 8601.
    private static DateOnly WeekOf(DateOnly today, int offset) => today.AddDays(-(((int)today.DayOfWeek + 6) % 7) + (7 * offset));

    private static DateOnly MonthOf(DateOnly today, int offset) => new DateOnly(today.Year, today.Month, 1).AddMonths(offset);

    private static DateOnly QuarterOf(DateOnly today, int offset) => new DateOnly(today.Year, ((today.Month - 1) / 3 * 3) + 1, 1).AddMonths(3 * offset);

    private static DateOnly YearOf(DateOnly today, int offset) => new DateOnly(today.Year, 1, 1).AddYears(offset);

    private static Error Wrong(Call call, string message) => FilterErrors.At(call.Position, message);
}
