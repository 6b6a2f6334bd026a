using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.AspNetCore.Http;

namespace Platform.Rest;

/// <summary>
/// The etag of a resource where HTTP looks for it (RFC 9110): a read and a write answer with <c>ETag</c>, and a write with
/// <c>If-Match</c> happens only to that version (412 otherwise), unless its body names one.
/// </summary>
internal sealed class EntityTagInterceptor : Interceptor
{
    private const string Name = "etag";

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        var http = context.GetHttpContext();
        if (http.GetEndpoint()?.Metadata.GetMetadata<GrpcJsonTranscodingMetadata>() is null)
            return await continuation(request, context);
        if (Unquote(http.Request.Headers.IfMatch.ToString()) is { Length: > 0 } expected and not "*")
            Expect((IMessage)request, expected);
        var response = await continuation(request, context);
        if (response is IMessage message && Find(message) is { } field && field.Accessor.GetValue(message) is string { Length: > 0 } tag)
            http.Response.Headers.ETag = $"\"{tag}\"";
        return response;
    }

    /// <summary>Puts the tag where the request has one: in itself, or in the resource that it carries.</summary>
    private static void Expect(IMessage request, string tag)
    {
        if (Carrier(request) is { } carrier && Find(carrier) is { } field && field.Accessor.GetValue(carrier) is "")
            field.Accessor.SetValue(carrier, tag);
    }

    private static IMessage? Carrier(IMessage request) => Find(request) is not null
        ? request
        : request.Descriptor.Fields.InDeclarationOrder()
            .Where(field => field is { FieldType: FieldType.Message, IsRepeated: false })
            .Select(field => field.Accessor.GetValue(request) as IMessage)
            .FirstOrDefault(message => message is not null && Find(message) is not null);

    private static FieldDescriptor? Find(IMessage message) => message.Descriptor.FindFieldByName(Name) is { FieldType: FieldType.String } field ? field : null;

    private static string Unquote(string header) => (header.StartsWith("W/", StringComparison.Ordinal) ? header[2..] : header).Trim('"', ' ');
}
