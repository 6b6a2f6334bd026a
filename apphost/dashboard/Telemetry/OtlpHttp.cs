using System.IO.Compression;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Dashboard.Telemetry.Otlp;

namespace Platform.Dashboard.Telemetry;

/// <summary>OTLP over HTTP with protobuf bodies. An empty answer is the empty message that the specification asks for.</summary>
internal static class OtlpHttp
{
    public const string Protobuf = "application/x-protobuf";
    private const int LargestBody = 64 << 20;

    public static void Map(IEndpointRouteBuilder app, OtlpIntake intake)
    {
        app.MapPost("/v1/traces", (HttpContext context) => TakeAsync(context, ExportTraceServiceRequest.Parser, intake.Take));
        app.MapPost("/v1/logs", (HttpContext context) => TakeAsync(context, ExportLogsServiceRequest.Parser, intake.Take));
        app.MapPost("/v1/metrics", (HttpContext context) => TakeAsync(context, ExportMetricsServiceRequest.Parser, intake.Take));
    }

    private static async Task TakeAsync<T>(HttpContext context, MessageParser<T> parser, Action<T> take)
        where T : IMessage<T>
    {
        context.Response.ContentType = Protobuf;
        context.Response.StatusCode = await ReadAsync(context.Request, context.RequestAborted) switch
        {
            null => StatusCodes.Status413PayloadTooLarge,
            _ when context.Request.ContentType is not { } type || !type.StartsWith(Protobuf, StringComparison.OrdinalIgnoreCase) => StatusCodes.Status415UnsupportedMediaType,
            { } body => Take(body, parser, take),
        };
    }

    private static int Take<T>(byte[] body, MessageParser<T> parser, Action<T> take)
        where T : IMessage<T>
    {
        try
        {
            take(parser.ParseFrom(body));
            return StatusCodes.Status200OK;
        }
        catch (InvalidProtocolBufferException)
        {
            return StatusCodes.Status400BadRequest;
        }
    }

    // Null when there is more than anybody sends at once.
    private static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        await using var source = request.Headers.ContentEncoding == "gzip" ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body;
        using var body = new MemoryStream();
        var buffer = new byte[16 << 10];
        for (int read; (read = await source.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            body.Write(buffer, 0, read);
            if (body.Length > LargestBody)
                return null;
        }

        return body.ToArray();
    }
}
