using System.Globalization;
using System.Text.Json.Nodes;
using OpenTelemetry.Exporter;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Observability;

/// <summary>Where spans go, under whose name, and how many of them.</summary>
internal sealed record SpanTarget
{
    /// <summary>The share of new traces that are recorded, from 0 to 1; a caller's own decision is followed.</summary>
    public required double Rate { get; init; }

    /// <summary>The sender's name: OTEL_SERVICE_NAME, else the app id.</summary>
    public required string Service { get; init; }

    /// <summary>Null without OTLP.</summary>
    public Uri? Otlp { get; init; }

    public OtlpExportProtocol Protocol { get; init; }

    /// <summary>Sent with each export over OTLP: <c>name=value,name=value</c>.</summary>
    public string? Headers { get; init; }

    /// <summary>How long an export may take; OpenTelemetry's default when null.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Where spans are posted to as Zipkin's JSON; null without.</summary>
    public Uri? Zipkin { get; init; }

    public bool IsConsole { get; init; }

    /// <summary>What the last Configuration that speaks of tracing says, and the variables where it says nothing.</summary>
    /// <returns>Null where no spans are made.</returns>
    /// <exception cref="StartupException">A setting makes no sense.</exception>
    public static SpanTarget? Of(AppOptions app, IReadOnlyList<ResourceFile> configuration)
    {
        var tracing = configuration.Select(document => document.Document.At("spec", "tracing")).LastOrDefault(node => node is not null);
        var endpoint = tracing.Text("otel", "endpointAddress")
            ?? app.Variable("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") ?? app.Variable("OTEL_EXPORTER_OTLP_ENDPOINT");
        var target = new SpanTarget
        {
            Rate = RateOf(tracing.Text("samplingRate"), configuration),
            Service = app.Variable("OTEL_SERVICE_NAME") ?? app.AppId,
            Zipkin = tracing.Text("zipkin", "endpointAddress") is { Length: > 0 } zipkin ? AddressOf(zipkin, configuration) : null,
            IsConsole = tracing.Text("stdout") is "true",
        };
        if (!string.IsNullOrEmpty(endpoint))
            target = target.With(app, tracing, endpoint, configuration);
        return target.Rate == 0 || target is { Otlp: null, Zipkin: null, IsConsole: false } ? null : target;
    }

    private SpanTarget With(AppOptions app, JsonNode? tracing, string endpoint, IReadOnlyList<ResourceFile> configuration)
    {
        var protocol = tracing.Text("otel", "protocol") ?? app.Variable("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL") ?? app.Variable("OTEL_EXPORTER_OTLP_PROTOCOL") ?? "grpc";
        var isHttp = protocol.StartsWith("http", StringComparison.OrdinalIgnoreCase);
        var isSecure = tracing.Text("otel", "isSecure") is not "false" && app.Variable("OTEL_EXPORTER_OTLP_INSECURE") is not "true";
        var url = endpoint.Contains("://", StringComparison.Ordinal) ? endpoint : $"{(isSecure ? "https" : "http")}://{endpoint}";
        return this with
        {
            Protocol = isHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc,
            // The exporter adds the path to an endpoint of the variables only.
            Otlp = AddressOf(!isHttp || url.EndsWith("/v1/traces", StringComparison.Ordinal) ? url : url.TrimEnd('/') + "/v1/traces", configuration),
            Headers = tracing.Text("otel", "headers") ?? app.Variable("OTEL_EXPORTER_OTLP_TRACES_HEADERS") ?? app.Variable("OTEL_EXPORTER_OTLP_HEADERS"),
            Timeout = GoDuration.TryParse(tracing.Text("otel", "timeout"), out var timeout) ? timeout : null,
        };
    }

    private static Uri AddressOf(string text, IReadOnlyList<ResourceFile> configuration) => Uri.TryCreate(text, UriKind.Absolute, out var address)
        ? address
        : throw new StartupException($"{(configuration.Count > 0 ? configuration[^1].File : "OTEL_EXPORTER_OTLP_ENDPOINT")}: '{text}' is no address that spans could be sent to");

    private static double RateOf(string? text, IReadOnlyList<ResourceFile> configuration) =>
        text is null or "" ? 1
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) && rate <= 1 ? rate
        : throw new StartupException($"{configuration[^1].File}: samplingRate '{text}' is not a number from 0 to 1");
}
