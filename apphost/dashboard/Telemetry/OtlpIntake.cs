using System.Collections.Concurrent;
using Google.Protobuf;
using Platform.Dashboard.Storage;
using Platform.Dashboard.Telemetry.Otlp;

namespace Platform.Dashboard.Telemetry;

/// <summary>Takes telemetry in, however it came, and gives it to the store.</summary>
internal sealed class OtlpIntake(DashboardStore store, TimeProvider time)
{
    // Values are cumulative: leaving reports out loses no count, and a chart needs no more points than this.
    private static readonly TimeSpan BetweenReports = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _reported = new();

    /// <summary>Takes all spans but those that belong to no trace; the answer says how many these were.</summary>
    public ExportTraceServiceResponse Take(ExportTraceServiceRequest request)
    {
        var rejected = 0;
        foreach (var part in request.ResourceSpans)
        {
            var resource = part.Resource.Name();
            foreach (var span in part.ScopeSpans.SelectMany(scope => scope.Spans))
            {
                if (EntryOf(resource, span) is { } entry)
                    store.Add(entry);
                else
                    rejected++;
            }
        }

        return rejected == 0 ? new ExportTraceServiceResponse() : new ExportTraceServiceResponse
        {
            PartialSuccess = new ExportTracePartialSuccess { RejectedSpans = rejected, ErrorMessage = "A span needs a trace_id of 16 bytes and a span_id of 8, neither of them all zeros." },
        };
    }

    public ExportLogsServiceResponse Take(ExportLogsServiceRequest request)
    {
        foreach (var part in request.ResourceLogs)
        {
            var resource = part.Resource.Name();
            foreach (var scope in part.ScopeLogs)
            {
                foreach (var record in scope.LogRecords)
                    store.Add(EntryOf(resource, scope.Scope?.Name ?? "", record));
            }
        }

        return new ExportLogsServiceResponse();
    }

    public ExportMetricsServiceResponse Take(ExportMetricsServiceRequest request)
    {
        var now = time.GetUtcNow();
        foreach (var part in request.ResourceMetrics)
        {
            var resource = part.Resource.Name();
            if (_reported.TryGetValue(resource, out var last) && now - last < BetweenReports)
                continue;
            _reported[resource] = now;
            store.Add(new MetricsEntry(resource, Micros.Of(now), part.ToByteArray()));
        }

        return new ExportMetricsServiceResponse();
    }

    private static SpanEntry? EntryOf(string resource, Span span) => span.TraceId.TraceId() is not { } trace || span.SpanId.SpanId() is not { } id ? null : new(
        resource,
        Values.Micros(span.StartTimeUnixNano),
        trace,
        id,
        span.ParentSpanId.SpanId(),
        NameOf(span),
        (int)span.Kind,
        Values.Micros(Math.Max(span.EndTimeUnixNano, span.StartTimeUnixNano) - span.StartTimeUnixNano),
        span.Status?.Code == StatusCode.Error,
        span.ToByteArray());

    // A verb alone, or a route that takes everything, says less than the path that was asked for.
    private static string NameOf(Span span)
    {
        if (span.Attributes.Text("http.request.method") is not { } verb || (span.Name != verb && !span.Name.Contains("{*", StringComparison.Ordinal)))
            return span.Name;
        var path = span.Attributes.Text("url.path") ?? (Uri.TryCreate(span.Attributes.Text("url.full"), UriKind.Absolute, out var url) ? url.AbsolutePath : null);
        return path is null ? span.Name : $"{verb} {path}";
    }

    private static LogEntry EntryOf(string resource, string category, LogRecord record) => new(
        resource,
        Values.Micros(record.TimeUnixNano > 0 ? record.TimeUnixNano : record.ObservedTimeUnixNano),
        Values.LevelOf(record.SeverityNumber),
        category,
        record.Body.Text(),
        record.TraceId.TraceId(),
        record.SpanId.SpanId(),
        record.ToByteArray());
}
