using Cronos;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Bindings;

/// <summary>When a cron binding fires: five or six fields, a macro like <c>@hourly</c>, or <c>@every 5s</c>.</summary>
internal sealed class CronSchedule
{
    private const string Every = "@every ";
    private readonly CronExpression? _expression;
    private readonly TimeSpan _interval;

    private CronSchedule(CronExpression? expression, TimeSpan interval) => (_expression, _interval) = (expression, interval);

    /// <exception cref="StartupException">It is no schedule.</exception>
    public static CronSchedule Parse(string text)
    {
        text = text.Trim();
        if (text.StartsWith(Every, StringComparison.Ordinal))
        {
            return GoDuration.Parse(text[Every.Length..].Trim(), "schedule") is var interval && interval > TimeSpan.Zero
                ? new CronSchedule(null, interval)
                : throw new StartupException($"schedule: '{text}' has no length");
        }

        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        try
        {
            return new CronSchedule(CronExpression.Parse(text, fields == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard), default);
        }
        catch (CronFormatException error)
        {
            throw new StartupException($"schedule: '{text}' is none: {error.Message}", error);
        }
    }

    /// <summary>Null when it never fires again.</summary>
    public DateTimeOffset? Next(DateTimeOffset after) =>
        _expression is null ? after + _interval : _expression.GetNextOccurrence(after, TimeZoneInfo.Local);
}
