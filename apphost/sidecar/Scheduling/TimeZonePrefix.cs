namespace Platform.Sidecar.Scheduling;

/// <summary>The zone in front of a schedule, <c>CRON_TZ=Europe/Berlin 0 0 8 * * *</c>; UTC without one, as where Dapr's scheduler runs.</summary>
internal static class TimeZonePrefix
{
    public static (TimeZoneInfo Zone, string Spec) Split(string text)
    {
        if (!text.StartsWith("TZ=", StringComparison.Ordinal) && !text.StartsWith("CRON_TZ=", StringComparison.Ordinal))
            return (TimeZoneInfo.Utc, text);
        var (equals, space) = (text.IndexOf('=', StringComparison.Ordinal), text.IndexOf(' ', StringComparison.Ordinal));
        if (space < 0)
            throw new FormatException($"there is no schedule after the time zone: {text}");
        var name = text[(equals + 1)..space];
        return TimeZoneInfo.TryFindSystemTimeZoneById(name.Length > 0 ? name : "UTC", out var zone)
            ? (zone, text[space..].Trim())
            : throw new FormatException($"provided bad location {name}: unknown time zone {name}");
    }
}
