using System.Globalization;
using System.Text.RegularExpressions;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Scheduling;

/// <summary>Moments as callers write them: RFC 3339, or a duration of Go or ISO 8601 counted from a start.</summary>
internal static partial class PointInTime
{
    /// <exception cref="FormatException">It is none of these; the message is for the caller.</exception>
    public static DateTimeOffset Parse(string text, DateTimeOffset start)
    {
        try
        {
            if (Iso8601Duration.TryParse(text, out var iso))
                return iso.Repeats is null ? iso.After(start) : throw new FormatException("repetitions are not allowed");
            if (GoDuration.TryParse(text, out var duration))
                return start + duration;
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new FormatException($"unsupported time/duration format: {text}");
        }

        return TryParseAbsolute(text, out var moment) ? moment : throw new FormatException($"unsupported time/duration format: {text}");
    }

    public static bool TryParseAbsolute(string text, out DateTimeOffset moment)
    {
        moment = default;
        return Rfc3339().Match(text) is { Success: true } match
            && DateTimeOffset.TryParse(match.Groups["seconds"].Value + match.Groups["fraction"].Value + match.Groups["zone"].Value,
                CultureInfo.InvariantCulture, DateTimeStyles.None, out moment);
    }

    /// <summary>RFC 3339 with as many digits as there are.</summary>
    public static string Format(DateTimeOffset moment) => moment.ToString(
        moment.Offset == TimeSpan.Zero ? "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    // Go writes up to nine digits after the point, the clock here has seven.
    [GeneratedRegex(
        @"^(?<seconds>\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d)(?<fraction>\.\d{1,7})?\d{0,2}(?<zone>[Zz]|[+-]\d\d:\d\d)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Rfc3339();
}
