using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Observability;

/// <summary>Logs and metrics of the process over OTLP where OTEL_EXPORTER_OTLP_ENDPOINT is set; spans are each app's own.</summary>
internal static class ProcessTelemetry
{
    private const string Prefix = "OTEL_";

    public static void Add(WebApplicationBuilder builder, IReadOnlyList<AppOptions> apps)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT")))
            return;
        // The exporter looks for its variables in the configuration, under their whole names.
        builder.Configuration.AddInMemoryCollection(Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .Where(variable => ((string)variable.Key).StartsWith(Prefix, StringComparison.Ordinal))
            .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value)));
        var name = Environment.GetEnvironmentVariable("OTEL_SERVICE_NAME") ?? apps[0].AppId;
        builder.Logging.AddOpenTelemetry(logging => logging.IncludeFormattedMessage = true);
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(name))
            .WithMetrics(metrics => metrics.AddRuntimeInstrumentation().AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "Npgsql"))
            .UseOtlpExporter();
    }
}
