using Cronos;

namespace Platform.Sidecar.Scheduling;

/// <summary>Cron fields, with seconds or without. Where both the day of the month and the day of the week are limited, either will do.</summary>
internal sealed class CronSchedule : Schedule
{
    private const int DayOfMonth = 3;
    private const int DayOfWeek = 5;

    private readonly CronExpression[] _either;
    private readonly TimeZoneInfo _zone;

    private CronSchedule(CronExpression[] either, TimeZoneInfo zone) => (_either, _zone) = (either, zone);

    public static CronSchedule Parse(string spec, TimeZoneInfo zone)
    {
        var fields = spec.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length == 5)
            fields = ["0", .. fields];
        if (fields.Length != 6)
            throw new FormatException($"expected exactly 6 fields, found {fields.Length}: [{string.Join(' ', fields)}]");
        try
        {
            // Cronos asks for both days; the rest of the world, and daprd, for either.
            var expressions = IsLimited(fields[DayOfMonth]) && IsLimited(fields[DayOfWeek])
                ? [Expression(fields, without: DayOfWeek), Expression(fields, without: DayOfMonth)]
                : new[] { Expression(fields, without: null) };
            return new CronSchedule(expressions, zone);
        }
        catch (CronFormatException error)
        {
            throw new FormatException(error.Message, error);
        }
    }

    public override DateTimeOffset? After(DateTimeOffset moment) => _either.Min(expression => expression.GetNextOccurrence(moment, _zone));

    private static bool IsLimited(string field) => field is not ("*" or "?" or "*/1");

    private static CronExpression Expression(string[] fields, int? without) =>
        CronExpression.Parse(string.Join(' ', fields.Select((field, index) => index == without ? "*" : field)), CronFormat.IncludeSeconds);
}
