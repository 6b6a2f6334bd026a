using System.Globalization;
using System.Text.RegularExpressions;

namespace Platform.Sidecar.Hosting;

/// <summary>Durations as Go writes them: <c>1h30m</c>, <c>500ms</c>, <c>5s</c>.</summary>
internal static partial class GoDuration
{
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        if (string.IsNullOrWhiteSpace(text) || !Whole().IsMatch(text))
            return false;
        foreach (Match part in Part().Matches(text))
        {
            var count = decimal.Parse(part.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            duration += TimeSpan.FromTicks((long)(count * Ticks(part.Groups[2].Value)));
        }

        return true;
    }

    public static TimeSpan Parse(string text, string what) =>
        TryParse(text, out var duration) ? duration : throw new StartupException($"{what}: '{text}' is not a duration; write it like 5s or 1m30s");

    private static decimal Ticks(string unit) => unit switch
    {
        "h" => TimeSpan.TicksPerHour,
        "m" => TimeSpan.TicksPerMinute,
        "s" => TimeSpan.TicksPerSecond,
        "ms" => TimeSpan.TicksPerMillisecond,
        "us" or "µs" => TimeSpan.TicksPerMicrosecond,
        _ => 0.01m,
    };

    [GeneratedRegex(@"^([0-9]+(\.[0-9]+)?(h|ms|m|s|us|µs|ns))+$")]
    private static partial Regex Whole();

    [GeneratedRegex(@"([0-9]+(?:\.[0-9]+)?)(h|ms|m|s|us|µs|ns)")]
    private static partial Regex Part();
}
