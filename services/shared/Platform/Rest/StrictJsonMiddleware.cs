using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Rest;

/// <summary>
/// Refuses what JSON transcoding would silently ignore or name only vaguely: fields of the body and query parameters that the
/// request message does not have or whose values are of another kind, and bodies that are no JSON at all, each with the place of
/// the error.
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

    private static Error? CheckQuery(IQueryCollection query, MessageDescriptor message)
    {
        foreach (var (name, values) in query)
        {
            if (Resolve(message, name) is not { } field)
                return Error.Invalid(name, "There is no such parameter.");
            if (values.Count > 1 && !field.IsRepeated)
                return Error.Invalid(name, "Give this parameter once.");
            if (values.Select(value => JsonKinds.TextProblem(value ?? "", field, quoted: false)).FirstOrDefault(problem => problem is not null) is { } wrong)
                return Error.Invalid(name, wrong);
        }

        return null;
    }

    private static FieldDescriptor? Resolve(MessageDescriptor? message, string path)
    {
        FieldDescriptor? field = null;
        foreach (var part in path.Split('.'))
        {
            field = message is null ? null : JsonFields.Find(message, part);
            if (field is null)
                return null;
            message = field.FieldType == FieldType.Message && !field.IsMap ? field.MessageType : null;
        }

        return field;
    }

    private static async Task<Error?> CheckBodyAsync(HttpContext context, GrpcJsonTranscodingMetadata transcoding)
    {
        if (transcoding.HttpRule.Body.Length == 0)
            return null;
        if (transcoding.HttpRule.Body == "*" && IsWithoutBody(context))
        {
            SendEmptyObject(context.Request);
            return null;
        }

        if (!context.Request.HasJsonContentType())
            return new Error(Google.Rpc.Code.InvalidArgument, "UNSUPPORTED_MEDIA_TYPE", "Send the body as application/json.") { HttpStatus = StatusCodes.Status415UnsupportedMediaType };
        context.Request.EnableBuffering(bufferThreshold: 64 * 1024, bufferLimit: MaxBody);
        try
        {
            var (buffer, length) = await ReadAsync(context);
            try
            {
                var message = BodyMessage(transcoding);
                return message is null ? null : CheckText(buffer.AsSpan(0, length), message);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
                context.Request.Body.Position = 0;
            }
        }
        catch (JsonException exception)
        {
            return Malformed(Say($"The body is no valid JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}, or nested there more than 64 levels deep."));
        }
        catch (InvalidOperationException)
        {
            return Malformed("A text in the body holds half of a surrogate pair.");
        }
    }

    private static Error? CheckText(ReadOnlySpan<byte> text, MessageDescriptor message)
    {
        if (text.IsEmpty)
            return Error.Invalid("body", "Send a JSON object.");
        return Utf8.IsValid(text) ? JsonFields.FirstViolation(text, message) : Malformed("The body is no valid UTF-8.");
    }

    private static Error Malformed(string message) => new(Google.Rpc.Code.InvalidArgument, "MALFORMED_JSON", message);

    // A verb such as :win needs no body to say what it wants.
    private static bool IsWithoutBody(HttpContext context) =>
        context.Request.ContentLength == 0 || context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false };

    private static void SendEmptyObject(HttpRequest request)
    {
        request.ContentType = "application/json";
        request.Body = new MemoryStream("{}"u8.ToArray());
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
