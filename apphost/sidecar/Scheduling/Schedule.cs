using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Scheduling;

/// <summary>When something happens again: <c>@every 1m30s</c>, <c>@daily</c> and its kin, or cron fields.</summary>
internal abstract class Schedule
{
    private const string Every = "@every ";

    /// <returns>The first moment after the given one; null when there is none.</returns>
    public abstract DateTimeOffset? After(DateTimeOffset moment);

    /// <exception cref="FormatException">The text is no schedule; the message is for the caller.</exception>
    public static Schedule Parse(string text)
    {
        if (text.Length == 0)
            throw new FormatException("empty spec string");
        var (zone, spec) = TimeZonePrefix.Split(text);
        if (!spec.StartsWith('@'))
            return CronSchedule.Parse(spec, zone);
        if (spec.StartsWith(Every, StringComparison.Ordinal))
            return Interval(spec);
        return CronSchedule.Parse(spec switch
        {
            "@yearly" or "@annually" => "0 0 0 1 1 *",
            "@monthly" => "0 0 0 1 * *",
            "@weekly" => "0 0 0 * * 0",
            "@daily" or "@midnight" => "0 0 0 * * *",
            "@hourly" => "0 0 * * * *",
            _ => throw new FormatException($"unrecognized descriptor: {spec}"),
        }, zone);
    }

    private static IntervalSchedule Interval(string spec)
    {
        if (!GoDuration.TryParse(spec[Every.Length..], out var interval))
            throw new FormatException($"failed to parse duration {spec}: time: invalid duration \"{spec[Every.Length..]}\"");
        // daprd takes it and triggers without a pause; nobody can mean that.
        return interval > TimeSpan.Zero ? new IntervalSchedule(interval) : throw new FormatException($"the interval of {spec} must be positive");
    }

    private sealed class IntervalSchedule(TimeSpan interval) : Schedule
    {
        public override DateTimeOffset? After(DateTimeOffset moment) => moment < DateTimeOffset.MaxValue - interval ? moment + interval : null;
    }
}
