using System.Diagnostics;
using System.Net.Http.Headers;
using OpenTelemetry;
using Platform.Sidecar.Api;

namespace Platform.Sidecar.Observability;

/// <summary>Posts spans to Zipkin's API, version 2, as JSON.</summary>
internal sealed class ZipkinSpans(Uri address, string service) : BaseExporter<Activity>
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };

    public override ExportResult Export(in Batch<Activity> batch)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(Json(batch)) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = _http.Send(request);
            return response.IsSuccessStatusCode ? ExportResult.Success : ExportResult.Failure;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return ExportResult.Failure;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _http.Dispose();
        base.Dispose(disposing);
    }

    private byte[] Json(Batch<Activity> batch) => JsonBody.Bytes(json =>
    {
        json.WriteStartArray();
        foreach (var span in batch)
        {
            json.WriteStartObject();
            json.WriteString("traceId", span.TraceId.ToHexString());
            json.WriteString("id", span.SpanId.ToHexString());
            if (span.ParentSpanId != default)
                json.WriteString("parentId", span.ParentSpanId.ToHexString());
            json.WriteString("name", span.DisplayName);
            // Zipkin has no kind for what stays within one program.
            if (span.Kind is not ActivityKind.Internal)
                json.WriteString("kind", span.Kind.ToString().ToUpperInvariant());
            json.WriteNumber("timestamp", (long)(span.StartTimeUtc - DateTime.UnixEpoch).TotalMicroseconds);
            json.WriteNumber("duration", Math.Max(1, (long)span.Duration.TotalMicroseconds));
            json.WriteStartObject("localEndpoint");
            json.WriteString("serviceName", service);
            json.WriteEndObject();
            json.WriteStartObject("tags");
            foreach (var (name, value) in span.Tags)
                json.WriteString(name, value);
            if (span.Status is ActivityStatusCode.Error)
                json.WriteString("error", span.StatusDescription ?? "true");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
