using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Platform.Hosting;

/// <summary>What services and the programs beside them send of themselves.</summary>
internal static class OtlpExport
{
    /// <summary>Traces, metrics and logs over OTLP where OTEL_EXPORTER_OTLP_ENDPOINT is set; nothing otherwise.</summary>
    /// <param name="builder">The program.</param>
    /// <param name="service">Its name as the sender.</param>
    /// <param name="trace">Which sources it has beside those of the web server and of HTTP clients.</param>
    /// <param name="measure">Which meters it has beside those.</param>
    public static WebApplicationBuilder AddOtlpExport(
        this WebApplicationBuilder builder, string service, Action<TracerProviderBuilder>? trace = null, Action<MeterProviderBuilder>? measure = null)
    {
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            return builder;
        builder.Logging.AddOpenTelemetry(logging => logging.IncludeFormattedMessage = true);
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service))
            .WithTracing(tracing =>
            {
                tracing.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation();
                trace?.Invoke(tracing);
            })
            .WithMetrics(metrics =>
            {
                metrics.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation();
                measure?.Invoke(metrics);
            })
            .UseOtlpExporter();
        return builder;
    }
}
