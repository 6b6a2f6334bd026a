using System.Buffers;
using System.Text.Json;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.AspNetCore.Http;
using Platform.Errors;

namespace Platform.Rest;

/// <summary>
/// Refuses what JSON transcoding would silently ignore: fields of the body and query parameters that the request message does
/// not have, and bodies that are no JSON at all, each with the place of the error.
/// </summary>
internal sealed class StrictJsonMiddleware(RequestDelegate next)
{
    private const int MaxBody = 4 * 1024 * 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<GrpcJsonTranscodingMetadata>() is { } transcoding)
        {
            var error = CheckQuery(context.Request.Query, transcoding.MethodDescriptor.InputType) ?? await CheckBodyAsync(context, transcoding);
            if (error is not null)
            {
                await Problems.WriteAsync(context, error.ToProblem());
                return;
            }
        }

        await next(context);
    }

    private static Error? CheckQuery(IQueryCollection query, MessageDescriptor message) =>
        query.Keys.FirstOrDefault(key => !Resolves(message, key)) is { } unknown ? Error.Invalid(unknown, "There is no such parameter.") : null;

    private static bool Resolves(MessageDescriptor? message, string path)
    {
        foreach (var part in path.Split('.'))
        {
            if (message is null || JsonFields.Find(message, part) is not { } field)
                return false;
            message = field.FieldType == FieldType.Message && !field.IsMap ? field.MessageType : null;
        }

        return true;
    }

    private static async Task<Error?> CheckBodyAsync(HttpContext context, GrpcJsonTranscodingMetadata transcoding)
    {
        if (transcoding.HttpRule.Body.Length == 0)
            return null;
        if (!context.Request.HasJsonContentType())
            return new Error(Google.Rpc.Code.InvalidArgument, "UNSUPPORTED_MEDIA_TYPE", "Send the body as application/json.") { HttpStatus = StatusCodes.Status415UnsupportedMediaType };
        context.Request.EnableBuffering(bufferThreshold: 64 * 1024, bufferLimit: MaxBody);
        try
        {
            var (buffer, length) = await ReadAsync(context);
            try
            {
                var message = BodyMessage(transcoding);
                return message is null || length == 0 ? null : JsonFields.FirstUnknown(buffer.AsSpan(0, length), message);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
                context.Request.Body.Position = 0;
            }
        }
        catch (JsonException exception)
        {
            return new Error(Google.Rpc.Code.InvalidArgument, "MALFORMED_JSON", $"The body is no valid JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.");
        }
    }

    private static async Task<(byte[] Buffer, int Length)> ReadAsync(HttpContext context)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(context.Request.ContentLength ?? 16 * 1024, 1024, MaxBody));
        var length = 0;
        while (await context.Request.Body.ReadAsync(buffer.AsMemory(length), context.RequestAborted) is var read and > 0)
        {
            length += read;
            if (length < buffer.Length)
                continue;
            var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
            buffer.AsSpan(0, length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }

        return (buffer, length);
    }

    private static MessageDescriptor? BodyMessage(GrpcJsonTranscodingMetadata transcoding)
    {
        var input = transcoding.MethodDescriptor.InputType;
        return transcoding.HttpRule.Body == "*" ? input
            : input.FindFieldByName(transcoding.HttpRule.Body) is { FieldType: FieldType.Message, IsRepeated: false } field ? field.MessageType : null;
    }
}
