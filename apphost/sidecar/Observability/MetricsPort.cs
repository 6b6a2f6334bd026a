using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Observability;

/// <summary>Marks connections to an app's metrics port.</summary>
internal sealed record MetricsPort(string AppId)
{
    /// <summary>Opens the metrics ports; one that is only daprd's default is left out when somebody else has it.</summary>
    public static void Listen(KestrelServerOptions kestrel, IReadOnlyList<AppOptions> apps)
    {
        foreach (var app in apps.Where(app => IsServed(app)))
        {
            kestrel.Listen(IPAddress.Loopback, app.MetricsPort!.Value, endpoint => endpoint.Use(next => connection =>
            {
                connection.Features.Set(new MetricsPort(app.AppId));
                return next(connection);
            }));
        }
    }

    private static bool IsServed(AppOptions app) => app.MetricsPort is { } port && (app.InsistsOnMetricsPort || IsFree(port));

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

/// <summary>Answers on the metrics ports, and lets everything else pass.</summary>
internal sealed class MetricsEndpoint(RequestDelegate next, SidecarApps apps)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<MetricsPort>() is not { } port)
            return next(context);
        if (!apps.TryGet(port.AppId, out var app) || !HttpMethods.IsGet(context.Request.Method) || context.Request.Path.Value is not ("/metrics" or "/"))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        var text = new StringBuilder();
        ProcessMetrics.WriteTo(text);
        app.Metrics.WriteTo(text);
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        return context.Response.WriteAsync(text.ToString(), context.RequestAborted);
    }
}

/// <summary>What the dashboards want to know of the process; the names are those of a Go process.</summary>
internal static class ProcessMetrics
{
    public static void WriteTo(StringBuilder text)
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        Add("process_start_time_seconds", "gauge", new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0);
        Add("process_cpu_seconds_total", "counter", process.TotalProcessorTime.TotalSeconds);
        Add("process_resident_memory_bytes", "gauge", process.WorkingSet64);
        Add("process_virtual_memory_bytes", "gauge", process.VirtualMemorySize64);
        Add("go_goroutines", "gauge", ThreadPool.ThreadCount);
        Add("go_memstats_alloc_bytes", "gauge", GC.GetTotalMemory(forceFullCollection: false));

        void Add(string name, string type, double value) => text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {type}\n{name} {value}\n");
    }
}
