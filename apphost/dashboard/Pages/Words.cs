using System.Globalization;

namespace Platform.Dashboard.Pages;

/// <summary>Times and amounts as people read them.</summary>
internal static class Words
{
    private const int ShortId = 7;

    public static string Clock(DateTimeOffset time) => time.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    public static string Moment(DateTimeOffset time)
    {
        var local = time.ToLocalTime();
        return local.ToString(local.Date == DateTimeOffset.Now.Date ? "HH:mm:ss" : "d MMM HH:mm:ss", CultureInfo.InvariantCulture);
    }

    public static string Duration(TimeSpan span) => span.TotalMilliseconds switch
    {
        0 => "0",
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMicroseconds:0} µs"),
        < 10 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:0.00} ms"),
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:0} ms"),
        < 60_000 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.00} s"),
        < 3_600_000 => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes} min {span.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h {span.Minutes} min"),
    };

    public static string Amount(double value) => Math.Abs(value) switch
    {
        >= 1e9 => value.ToString("0.##e0", CultureInfo.InvariantCulture),
        >= 1e6 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e6:0.##} M"),
        >= 1e4 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e3:0.#} k"),
        _ => value.ToString("0.###", CultureInfo.InvariantCulture),
    };

    /// <summary>The beginning of an id, which tells it from its neighbours.</summary>
    public static string Short(string? id) => id is { Length: > ShortId } ? id[..ShortId] : id ?? "";

    public static string Plural(long count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {(count == 1 ? one : many)}");
}
