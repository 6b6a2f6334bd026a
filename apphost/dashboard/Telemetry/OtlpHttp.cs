using System.IO.Compression;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Dashboard.Telemetry.Otlp;

namespace Platform.Dashboard.Telemetry;

/// <summary>OTLP over HTTP with protobuf bodies. What is refused is told why, in the message that the specification asks for.</summary>
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

    private static async Task TakeAsync<TRequest, TResponse>(HttpContext context, MessageParser<TRequest> parser, Func<TRequest, TResponse> take)
        where TRequest : IMessage<TRequest>
        where TResponse : IMessage<TResponse>
    {
        var (status, answer) = await AnswerAsync(context.Request, parser, take, context.RequestAborted);
        context.Response.StatusCode = status;
        context.Response.ContentType = Protobuf;
        await context.Response.Body.WriteAsync(answer.ToByteArray(), context.RequestAborted);
    }

    private static async Task<(int Status, IMessage Answer)> AnswerAsync<TRequest, TResponse>(
        HttpRequest request, MessageParser<TRequest> parser, Func<TRequest, TResponse> take, CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>
        where TResponse : IMessage<TResponse>
    {
        if (request.ContentType is not { } type || !type.StartsWith(Protobuf, StringComparison.OrdinalIgnoreCase))
            return (StatusCodes.Status415UnsupportedMediaType, Because($"The body must be {Protobuf}."));
        if (request.Headers.ContentEncoding.ToString() is not ("" or "identity" or "gzip"))
            return (StatusCodes.Status415UnsupportedMediaType, Because("The body may be packed with gzip and with nothing else."));
        try
        {
            return await ReadAsync(request, cancellationToken) is { } body
                ? (StatusCodes.Status200OK, take(parser.ParseFrom(body)))
                : (StatusCodes.Status413PayloadTooLarge, Because($"No more than {LargestBody} bytes are taken at once."));
        }
        catch (Exception failure) when (failure is InvalidProtocolBufferException or InvalidDataException)
        {
            return (StatusCodes.Status400BadRequest, Because($"The body cannot be read: {failure.Message}"));
        }
    }

    private static Refusal Because(string reason) => new() { Message = reason };

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
