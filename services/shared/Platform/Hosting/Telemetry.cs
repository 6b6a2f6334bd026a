using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Platform.Events;

namespace Platform.Hosting;

internal static class Telemetry
{
    /// <summary>Traces, metrics and logs over OTLP where OTEL_EXPORTER_OTLP_ENDPOINT is set; one-line console logs always.</summary>
    public static WebApplicationBuilder AddTelemetry(this WebApplicationBuilder builder, string appId)
    {
        builder.Logging.ClearProviders().AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss.fff ";
            console.UseUtcTimestamp = true;
        });
        builder.Logging
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning)
            // They log, with a stack, what the code expects and answers, such as a duplicate key; what it does not expect is logged once, further up.
            .AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.Critical)
            .AddFilter("Microsoft.EntityFrameworkCore.Update", LogLevel.Critical)
            .AddFilter("Microsoft.EntityFrameworkCore.Database.Transaction", LogLevel.Critical)
            .AddFilter("System.Net.Http", LogLevel.Warning);
        return builder.AddOtlpExport(
            appId, tracing => tracing.AddGrpcClientInstrumentation().AddSource("Npgsql", "Dapr.Workflow", EventBulk.Tracing), metrics => metrics.AddMeter("Npgsql"));
    }
}
