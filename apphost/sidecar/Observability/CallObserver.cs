using System.Diagnostics;
using System.Globalization;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Observability;

/// <summary>First of all on the API ports: counts and times each call, makes its span, and logs it when the app wants that.</summary>
internal sealed partial class CallObserver(RequestDelegate next, ILogger<CallObserver> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        var port = context.ApiPort();
        return port.App is { Metrics.IsRead: false, Tracing: null, Options.LogsCalls: false } ? next(context) : Observe(context, port);
    }

    private async Task Observe(HttpContext context, ApiPort port)
    {
        var (app, path) = (port.App, context.Request.Path.Value ?? "");
        if (app.Options.LogsCalls)
            Log.Called(logger, app.Id, context.Request.Method, ApiPaths.Of(path));
        using var span = IsHealth(path) ? null : app.Tracing?.StartCall(context, path);
        var started = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            var status = port.IsGrpc ? GrpcStatus(context) : context.Response.StatusCode.ToString(CultureInfo.InvariantCulture);
            AppTracing.End(span, status, port.IsGrpc ? status is "OK" : context.Response.StatusCode < 400);
            Count(app.Metrics, port.IsGrpc, context.Request.Method, path, status, Stopwatch.GetElapsedTime(started));
        }
    }

    private static void Count(AppMetrics metrics, bool isGrpc, string method, string path, string status, TimeSpan elapsed)
    {
        if (!metrics.IsRead)
            return;
        if (isGrpc)
        {
            metrics.Count(Metric.GrpcCalls, path, status);
            metrics.Observe(Metric.GrpcLatency, elapsed, path, status);
            return;
        }

        path = ApiPaths.Of(path);
        metrics.Count(Metric.HttpRequests, method, path, status);
        metrics.Count(Metric.HttpResponses, method, path, status);
        metrics.Observe(Metric.HttpLatency, elapsed, method, path, status);
    }

    private static string GrpcStatus(HttpContext context)
    {
        var trailers = context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers;
        var text = trailers is not null && trailers.TryGetValue("grpc-status", out var trailer)
            ? trailer.ToString()
            : context.Response.Headers["grpc-status"].ToString();
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? ((StatusCode)status).ToString()
            : context.RequestAborted.IsCancellationRequested ? nameof(StatusCode.Cancelled)
            : nameof(StatusCode.Unknown);
    }

    private static bool IsHealth(string path) => path.StartsWith("/v1.0/healthz", StringComparison.Ordinal);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "API called by {App}: {Method} {Path}")]
        public static partial void Called(ILogger logger, string app, string method, string path);
    }
}

/// <summary>Paths of the API without what differs from call to call: keys, ids of actors and workflows.</summary>
internal static class ApiPaths
{
    public static string Of(string path)
    {
        var parts = path.TrimStart('/').Split('/', 6);
        return parts switch
        {
            ["actors", var type, _, .. var rest] => string.Join('/', ["actors", type, "{id}", .. rest]),
            [_, "state" or "secrets", _, ..] => Join(parts[..3]),
            [_, "actors", var type, _, var what, ..] => Join([parts[0], "actors", type, "{id}", what]),
            [_, "workflows", var component, _] => Join([parts[0], "workflows", component, "{instanceId}"]),
            [_, "workflows", _, _, ['s', 't', 'a', 'r', 't', ..]] => Join([.. parts[..4], "start"]),
            [_, "workflows", var component, _, var what, ..] => Join([parts[0], "workflows", component, "{instanceId}", what]),
            [_, "configuration", var store, _, "unsubscribe"] => Join([parts[0], "configuration", store, "{id}", "unsubscribe"]),
            _ => path,
        };
    }

    private static string Join(IEnumerable<string> parts) => "/" + string.Join('/', parts);
}
