using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Platform.Sidecar.Observability;

/// <summary>Sends spans. Apps whose spans go the same way share one queue and one connection.</summary>
internal sealed class SpanExports : IDisposable
{
    private readonly ConcurrentDictionary<SpanTarget, Lazy<Export>> _exports = new();
    private int _count;

    /// <summary>What makes spans that go there.</summary>
    public ActivitySource To(SpanTarget target) => _exports.GetOrAdd(target, _ => new Lazy<Export>(() => Open(target))).Value.Source;

    /// <summary>Sends the spans that are still here.</summary>
    public void Dispose()
    {
        foreach (var (_, export) in _exports)
        {
            export.Value.Provider.Dispose();
            export.Value.Source.Dispose();
        }
    }

    private Export Open(SpanTarget target)
    {
        var source = new ActivitySource(string.Create(CultureInfo.InvariantCulture, $"dapr-diagnostics/{Interlocked.Increment(ref _count)}"));
        var builder = Sdk.CreateTracerProviderBuilder()
            .AddSource(source.Name)
            .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(target.Rate)))
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService(target.Service));
        if (target.Otlp is { } address)
        {
            builder.AddOtlpExporter(otlp =>
            {
                (otlp.Endpoint, otlp.Protocol) = (address, target.Protocol);
                if (!string.IsNullOrEmpty(target.Headers))
                    otlp.Headers = target.Headers;
                if (target.Timeout is { } timeout)
                    otlp.TimeoutMilliseconds = (int)timeout.TotalMilliseconds;
                otlp.BatchExportProcessorOptions.ScheduledDelayMilliseconds = 1000;
            });
        }

        if (target.Zipkin is { } zipkin)
            builder.AddProcessor(new BatchActivityExportProcessor(new ZipkinSpans(zipkin, target.Service), scheduledDelayMilliseconds: 1000));
        if (target.IsConsole)
            builder.AddProcessor(new SimpleActivityExportProcessor(new ConsoleSpans()));
        return new Export(source, builder.Build());
    }

    private sealed record Export(ActivitySource Source, TracerProvider Provider);

    /// <summary>Spans as lines of the output.</summary>
    private sealed class ConsoleSpans : BaseExporter<Activity>
    {
        public override ExportResult Export(in Batch<Activity> batch)
        {
            foreach (var span in batch)
                Console.Out.WriteLine($"span {span.DisplayName} trace={span.TraceId} id={span.SpanId} parent={span.ParentSpanId} status={span.Status} ms={span.Duration.TotalMilliseconds:0.0}");
            return ExportResult.Success;
        }
    }
}
