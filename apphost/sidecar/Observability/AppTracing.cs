using System.Diagnostics;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Observability;

/// <summary>
/// The spans of one app's sidecar: <c>spec.tracing</c> of its Configuration, or the <c>OTEL_EXPORTER_OTLP_…</c> variables.
/// Without either there are none, and trace headers pass through as they came.
/// </summary>
internal sealed class AppTracing
{
    private const string TraceParent = "traceparent";
    private const string TraceState = "tracestate";
    private readonly ActivitySource _source;
    private readonly string _app;

    private AppTracing(ActivitySource source, string app) => (_source, _app) = (source, app);

    /// <returns>Null when the app's calls are not traced.</returns>
    public static AppTracing? Of(AppOptions app, IReadOnlyList<ResourceFile> configuration, SpanExports exports) =>
        SpanTarget.Of(app, configuration) is { } target ? new AppTracing(exports.To(target), app.AppId) : null;

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
    public Activity? StartDelivery(string name, string? traceParent, string? traceState = null) => Start(name, ActivityKind.Client, traceParent, traceState);

    /// <summary>Starts the span of handing an event to a broker that belongs to another trace than the call that brought it.</summary>
    public Activity? StartPublish(string topic, string traceParent) => Start("publish/" + topic, ActivityKind.Producer, traceParent, null);

    public static void End(Activity? span, string status, bool isSuccess)
    {
        span?.SetTag("dapr.status_code", status);
        span?.SetStatus(isSuccess ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
    }

    private Activity? Start(string name, ActivityKind kind, string? traceParent, string? traceState)
    {
        // The web server has an activity of its own, which nobody exports: it must not become the parent.
        Activity.Current = null;
        ActivityContext.TryParse(traceParent, traceState, isRemote: true, out var parent);
        return _source.StartActivity(name, kind, parent)?.SetTag("dapr.app_id", _app);
    }
}
