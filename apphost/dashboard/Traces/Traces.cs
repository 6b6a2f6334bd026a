using System.Globalization;
using Platform.Dashboard.Storage;
using Platform.Dashboard.Telemetry.Otlp;

namespace Platform.Dashboard.Traces;

/// <summary>Which traces are asked for; all conditions must hold.</summary>
/// <param name="Resource">It takes part.</param>
/// <param name="Text">Stands in the name of a span.</param>
/// <param name="Failed">Only those with a span that failed.</param>
/// <param name="Background">Those too that no request has begun: polling, timers, health checks.</param>
internal sealed record TraceFilter(string? Resource = null, string? Text = null, bool Failed = false, bool Background = false);

/// <summary>A trace in a list.</summary>
internal sealed record TraceSummary(string Id, string Resource, string Name, DateTimeOffset Time, TimeSpan Duration, int Spans, int Failures, IReadOnlyList<(string Resource, int Spans)> Parts);

/// <summary>A span as it is kept.</summary>
internal sealed record KeptSpan(string Id, string? Parent, string Resource, string Name, SpanKind Kind, DateTimeOffset Time, TimeSpan Duration, bool Failed, Span Span);

/// <summary>The traces of all resources.</summary>
internal sealed class Traces(Database database)
{
    /// <summary>How many spans of one trace are read: a bulk call and all that follows from it are one trace.</summary>
    public const int MostSpans = 2_000;

    // A call that no request has led to is a service's own doing.
    private const string NotBackground = "kind <> 3 AND name NOT LIKE '%/health%' AND name NOT LIKE '%Health/Check%' AND name NOT LIKE '%/dapr/%'";

    /// <summary>The latest first.</summary>
    public IReadOnlyList<TraceSummary> Latest(TraceFilter filter, int limit) => database.Read(connection =>
    {
        var found = new Query("SELECT trace, resource, name, time, ended - time, spans, failed FROM trace")
            .When(filter.Failed, "failed > 0")
            .When(!filter.Background, NotBackground)
            .Where("EXISTS (SELECT 1 FROM span WHERE span.trace = trace.trace AND span.resource = $)", string.IsNullOrEmpty(filter.Resource) ? null : filter.Resource)
            .Where("(trace.trace LIKE $ ESCAPE '\\' OR EXISTS (SELECT 1 FROM span WHERE span.trace = trace.trace AND span.name LIKE $ ESCAPE '\\'))", Query.Pattern(filter.Text))
            .Run(connection, $"ORDER BY time DESC LIMIT {limit.ToString(CultureInfo.InvariantCulture)}", row => new TraceSummary(
                row.GetString(0), row.GetString(1), row.GetString(2), Micros.Time(row.GetInt64(3)), Micros.Span(row.GetInt64(4)), row.GetInt32(5), row.GetInt32(6), []));
        var parts = new Query("SELECT trace, resource, count(*) FROM span")
            .Where("trace IN (SELECT value FROM json_each($))", System.Text.Json.JsonSerializer.Serialize(found.Select(trace => trace.Id)))
            .Run(connection, "GROUP BY trace, resource ORDER BY min(time)", row => (Trace: row.GetString(0), Resource: row.GetString(1), Spans: row.GetInt32(2)))
            .ToLookup(part => part.Trace, part => (part.Resource, part.Spans));
        return found.ConvertAll(trace => trace with { Parts = [.. parts[trace.Id]] });
    });

    /// <summary>How many spans of a trace are kept.</summary>
    public int CountOf(string trace) => database.Read(connection =>
        new Query("SELECT count(*) FROM span").Where("trace = $", trace).Run(connection, "", row => row.GetInt32(0)).Single());

    /// <summary>The spans of a trace, the earliest first and no more than <see cref="MostSpans"/>; none when there is no such trace.</summary>
    public IReadOnlyList<KeptSpan> SpansOf(string trace) => database.Read(connection =>
        new Query("SELECT span, parent, resource, name, kind, time, duration, failed, data FROM span").Where("trace = $", trace)
            .Run(connection, $"ORDER BY time, id LIMIT {MostSpans.ToString(CultureInfo.InvariantCulture)}", row => new KeptSpan(
                row.GetString(0),
                row.TextOrNull(1),
                row.GetString(2),
                row.GetString(3),
                (SpanKind)row.GetInt32(4),
                Micros.Time(row.GetInt64(5)),
                Micros.Span(row.GetInt64(6)),
                row.GetInt64(7) != 0,
                Span.Parser.ParseFrom(row.Bytes(8)))));
}
