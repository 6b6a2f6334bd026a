namespace Platform.Dashboard.Storage;

/// <summary>Something to keep. Times are microseconds since 1970.</summary>
internal abstract record Entry(string Resource, long Time);

/// <summary>A line that a resource has written to its output.</summary>
internal sealed record ConsoleEntry(string Resource, long Time, Level Level, string Text) : Entry(Resource, Time);

/// <summary>A structured log record; <paramref name="Data"/> is all of it as OTLP.</summary>
internal sealed record LogEntry(string Resource, long Time, Level Level, string Category, string Message, string? Trace, string? Span, byte[] Data) : Entry(Resource, Time);

/// <summary>A span; <paramref name="Data"/> is all of it as OTLP.</summary>
internal sealed record SpanEntry(string Resource, long Time, string Trace, string Span, string? Parent, string Name, int Kind, long Duration, bool Failed, byte[] Data)
    : Entry(Resource, Time);

/// <summary>What a resource has measured, as OTLP.</summary>
internal sealed record MetricsEntry(string Resource, long Time, byte[] Data) : Entry(Resource, Time);

/// <summary>A resource has come to another state.</summary>
internal sealed record ChangeEntry(string Resource, long Time, string Mood, string Words, string? Detail) : Entry(Resource, Time);

/// <summary>How serious a line is.</summary>
internal enum Level
{
    Trace = 1,
    Debug = 5,
    Information = 9,
    Warning = 13,
    Error = 17,
    Critical = 21,
}

/// <summary>Moments as they are kept.</summary>
internal static class Micros
{
    public static long Of(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset Time(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);

    public static TimeSpan Span(long micros) => TimeSpan.FromTicks(micros * TimeSpan.TicksPerMicrosecond);
}
