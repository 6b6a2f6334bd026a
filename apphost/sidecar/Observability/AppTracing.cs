using System.Diagnostics;
using System.Globalization;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Observability;

/// <summary>
/// The spans of one app's sidecar: <c>spec.tracing</c> of its Configuration, or the <c>OTEL_EXPORTER_OTLP_…</c> variables.
/// Without either there are none, and trace headers pass through as they came.
/// </summary>
internal sealed class AppTracing : IDisposable
{
    private const string TraceParent = "traceparent";
    private const string TraceState = "tracestate";
    private readonly ActivitySource _source;
    private readonly TracerProvider _provider;

    private AppTracing(ActivitySource source, TracerProvider provider) => (_source, _provider) = (source, provider);

    /// <returns>Null when the app's calls are not traced.</returns>
    public static AppTracing? Of(AppOptions app, IReadOnlyList<ResourceFile> configuration)
    {
        var tracing = configuration.Select(document => document.Document.At("spec", "tracing")).LastOrDefault(node => node is not null);
        var endpoint = tracing.Text("otel", "endpointAddress")
            ?? app.Variable("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") ?? app.Variable("OTEL_EXPORTER_OTLP_ENDPOINT");
        var toConsole = tracing.Text("stdout") is "true";
        var rate = Rate(tracing.Text("samplingRate"), configuration);
        if (rate == 0 || (string.IsNullOrEmpty(endpoint) && !toConsole))
            return null;
        var source = new ActivitySource($"dapr-diagnostics/{app.AppId}");
        var builder = Sdk.CreateTracerProviderBuilder()
            .AddSource(source.Name)
            .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(rate)))
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService(app.Variable("OTEL_SERVICE_NAME") ?? app.AppId));
        if (!string.IsNullOrEmpty(endpoint))
            builder.AddOtlpExporter(otlp => Export(otlp, app, tracing, endpoint));
        if (toConsole)
            builder.AddProcessor(new SimpleActivityExportProcessor(new ConsoleSpans()));
        return new AppTracing(source, builder.Build());
    }

    /// <summary>Starts the span of a call of the API; whatever the call leads to is its child.</summary>
    public Activity? StartCall(HttpContext context, string name)
    {
        var headers = context.Request.Headers;
        var span = Start(name, ActivityKind.Server, headers[TraceParent], headers[TraceState]);
        if (span is null)
            return null;
        headers[TraceParent] = span.Id;
        span.SetTag("dapr.protocol", context.ApiPort().IsGrpc ? "grpc" : "http");
        return span;
    }

    /// <summary>Starts the span of something that the sidecar brings to its app.</summary>
    public Activity? StartDelivery(string name, string? traceParent) => Start(name, ActivityKind.Client, traceParent, null);

    public static void End(Activity? span, string status, bool isSuccess)
    {
        span?.SetTag("dapr.status_code", status);
        span?.SetStatus(isSuccess ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
    }

    public void Dispose()
    {
        _provider.Dispose();
        _source.Dispose();
    }

    private Activity? Start(string name, ActivityKind kind, string? traceParent, string? traceState)
    {
        // The web server has an activity of its own, which nobody exports: it must not become the parent.
        Activity.Current = null;
        ActivityContext.TryParse(traceParent, traceState, isRemote: true, out var parent);
        return _source.StartActivity(name, kind, parent);
    }

    private static void Export(OtlpExporterOptions otlp, AppOptions app, System.Text.Json.Nodes.JsonNode? tracing, string endpoint)
    {
        var protocol = tracing.Text("otel", "protocol") ?? app.Variable("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL") ?? app.Variable("OTEL_EXPORTER_OTLP_PROTOCOL") ?? "grpc";
        var isSecure = tracing.Text("otel", "isSecure") is not "false" && app.Variable("OTEL_EXPORTER_OTLP_INSECURE") is not "true";
        var url = endpoint.Contains("://", StringComparison.Ordinal) ? endpoint : $"{(isSecure ? "https" : "http")}://{endpoint}";
        otlp.Protocol = protocol.StartsWith("http", StringComparison.OrdinalIgnoreCase) ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        // The exporter adds the path to an endpoint of the variables only.
        otlp.Endpoint = otlp.Protocol == OtlpExportProtocol.Grpc || url.EndsWith("/v1/traces", StringComparison.Ordinal)
            ? new Uri(url)
            : new Uri(url.TrimEnd('/') + "/v1/traces");
        if ((tracing.Text("otel", "headers") ?? app.Variable("OTEL_EXPORTER_OTLP_TRACES_HEADERS") ?? app.Variable("OTEL_EXPORTER_OTLP_HEADERS")) is { Length: > 0 } headers)
            otlp.Headers = headers;
        if (GoDuration.TryParse(tracing.Text("otel", "timeout"), out var timeout))
            otlp.TimeoutMilliseconds = (int)timeout.TotalMilliseconds;
        otlp.BatchExportProcessorOptions.ScheduledDelayMilliseconds = 1000;
    }

    private static double Rate(string? text, IReadOnlyList<ResourceFile> configuration) =>
        text is null or "" ? 1
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) && rate <= 1 ? rate
        : throw new StartupException($"{configuration[^1].File}: samplingRate '{text}' is not a number from 0 to 1");

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
