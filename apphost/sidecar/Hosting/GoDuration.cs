using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Platform.Sidecar.Hosting;

/// <summary>Durations as Go writes them: <c>1h30m</c>, <c>500ms</c>, <c>5s</c>, <c>-1s</c>, <c>0</c>.</summary>
internal static partial class GoDuration
{
    /// <summary>Go counts nanoseconds in 64 bits; what is longer is no duration there either.</summary>
    private const decimal LongestTicks = long.MaxValue / 100;

    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        if (text is "0" or "+0" or "-0")
            return true;
        if (string.IsNullOrWhiteSpace(text) || text.Length > 100 || !Whole().IsMatch(text))
            return false;
        var ticks = 0m;
        foreach (Match part in Part().Matches(text))
        {
            if (!decimal.TryParse(part.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var count) || count > LongestTicks)
                return false;
            ticks += count * Ticks(part.Groups[2].Value);
        }

        if (ticks > LongestTicks)
            return false;
        duration = TimeSpan.FromTicks((long)(text[0] == '-' ? -ticks : ticks));
        return true;
    }

    public static TimeSpan Parse(string text, string what) =>
        TryParse(text, out var duration) ? duration : throw new StartupException($"{what}: '{text}' is not a duration; write it like 5s or 1m30s");

    /// <summary>As Go prints it: <c>1h0m5s</c>, <c>1.5s</c>, <c>500ms</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero)
            return "0s";
        var text = new StringBuilder(duration < TimeSpan.Zero ? "-" : "");
        duration = duration.Duration();
        if (duration < TimeSpan.FromSeconds(1))
            return text.Append(Small(duration.Ticks)).ToString();
        if (duration.TotalHours >= 1)
            text.Append(CultureInfo.InvariantCulture, $"{(long)duration.TotalHours}h");
        if (duration.TotalMinutes >= 1)
            text.Append(CultureInfo.InvariantCulture, $"{duration.Minutes}m");
        return text.Append(Number(duration.Ticks % TimeSpan.TicksPerMinute / (decimal)TimeSpan.TicksPerSecond)).Append('s').ToString();
    }

    private static string Small(long ticks) =>
        ticks >= TimeSpan.TicksPerMillisecond ? Number(ticks / (decimal)TimeSpan.TicksPerMillisecond) + "ms"
        : ticks >= TimeSpan.TicksPerMicrosecond ? Number(ticks / (decimal)TimeSpan.TicksPerMicrosecond) + "µs"
        : Number(ticks * 100) + "ns";

    private static string Number(decimal number) => number.ToString("0.#######", CultureInfo.InvariantCulture);

    private static decimal Ticks(string unit) => unit switch
    {
        "h" => TimeSpan.TicksPerHour,
        "m" => TimeSpan.TicksPerMinute,
        "s" => TimeSpan.TicksPerSecond,
        "ms" => TimeSpan.TicksPerMillisecond,
        "us" or "µs" => TimeSpan.TicksPerMicrosecond,
        _ => 0.01m,
    };

    [GeneratedRegex(@"^[+-]?([0-9]+(\.[0-9]+)?(h|ms|m|s|us|µs|ns))+$")]
    private static partial Regex Whole();

    [GeneratedRegex(@"([0-9]+(?:\.[0-9]+)?)(h|ms|m|s|us|µs|ns)")]
    private static partial Regex Part();
}
