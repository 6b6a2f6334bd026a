using System.Globalization;
using System.Text.RegularExpressions;

namespace Platform.Sidecar.Scheduling;

/// <summary>Durations as ISO 8601 writes them, with repetitions where they are given: <c>R3/PT1S</c>, <c>P1DT12H</c>.</summary>
/// <param name="Repeats">Null for as often as it goes.</param>
internal readonly partial record struct Iso8601Duration(int Years, int Months, int Days, TimeSpan Time, int? Repeats)
{
    public bool HasDate => Years > 0 || Months > 0 || Days > 0;

    /// <exception cref="ArgumentOutOfRangeException">The moment is beyond the calendar.</exception>
    public DateTimeOffset After(DateTimeOffset start) => start.AddYears(Years).AddMonths(Months).AddDays(Days) + Time;

    public static bool TryParse(string text, out Iso8601Duration duration)
    {
        duration = default;
        if (text.Length is < 2 or > 100 || Pattern().Match(text) is not { Success: true } match)
            return false;
        var numbers = new Dictionary<string, int>();
        foreach (var name in (string[])["years", "months", "weeks", "days", "hours", "minutes", "seconds"])
        {
            var number = 0;
            if (match.Groups[name] is { Success: true } group && !TryNumber(group.ValueSpan, out number))
                return false;
            numbers[name] = number;
        }

        int? repeats = null;
        if (match.Groups["repeats"] is { Success: true } given)
        {
            if (!TryNumber(given.ValueSpan, out var count))
                return false;
            repeats = count;
        }

        var time = new TimeSpan(0, numbers["hours"], numbers["minutes"], numbers["seconds"]);
        duration = new Iso8601Duration(numbers["years"], numbers["months"], (numbers["weeks"] * 7) + numbers["days"], time, repeats);
        return true;
    }

    // More than six digits is a mistake, and would leave the calendar.
    private static bool TryNumber(ReadOnlySpan<char> digits, out int number) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < 1_000_000;

    [GeneratedRegex(
        @"^(R(?<repeats>\d+)(/|$))?(P((?<years>\d+)Y)?((?<months>\d+)M)?((?<weeks>\d+)W)?((?<days>\d+)D)?"
        + @"(T((?<hours>\d+)H)?((?<minutes>\d+)M)?((?<seconds>\d+)S)?)?)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
