using System.Text.Json;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Grpc.Core;
using Platform.Sidecar.Api;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Bindings;

/// <summary>The route <c>/v1.0/bindings</c>.</summary>
internal static class BindingsHttpApi
{
    private static readonly string[] Writes = [HttpMethods.Post, HttpMethods.Put];

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapMethods("/v1.0/bindings/{name}", Writes, Invoke);

    private static async Task Invoke(HttpContext context)
    {
        var (operation, data, metadata) = await Read(context);
        if (context.Request.Headers.TryGetValue("traceparent", out var trace))
            metadata.TryAdd("traceparent", trace.ToString());
        var response = await OutputBindings.Invoke(
            context.App(), (string)context.Request.RouteValues["name"]!, operation, data, metadata, context.RequestAborted);
        foreach (var (name, value) in response.Metadata.Where(pair => pair.Value.All(character => character is >= ' ' and <= '~')))
            context.Response.Headers["metadata." + name] = value;
        if (response.Data.Length > 0)
            await JsonBody.Answer(context, response.Data);
        else
            context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task<(string Operation, byte[] Data, Dictionary<string, string> Metadata)> Read(HttpContext context)
    {
        try
        {
            using var body = JsonDocument.Parse(await JsonBody.Read(context));
            if (body.RootElement.ValueKind != JsonValueKind.Object)
                throw new JsonException("the body is not an object");
            var metadata = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            if (body.RootElement.TryGet("metadata", out var pairs) && pairs.ValueKind == JsonValueKind.Object)
            {
                foreach (var pair in pairs.EnumerateObject())
                    metadata[pair.Name] = pair.Value.ToString();
            }

            return (
                body.RootElement.TryGet("operation", out var operation) && operation.ValueKind == JsonValueKind.String ? operation.GetString()! : "",
                body.RootElement.TryGet("data", out var data) && data.ValueKind != JsonValueKind.Null ? JsonBody.Bytes(data) : [],
                metadata);
        }
        catch (JsonException error)
        {
            throw BindingErrors.Malformed(error.Message).AsException(error);
        }
    }
}

/// <summary>The binding RPC.</summary>
internal sealed class BindingsGrpcApi : DaprApi
{
    public async Task<InvokeBindingResponse> InvokeBinding(InvokeBindingRequest request, ServerCallContext context)
    {
        var metadata = request.Metadata.ToDictionary(StringComparer.OrdinalIgnoreCase);
        if (context.RequestHeaders.GetValue("traceparent") is { } trace)
            metadata.TryAdd("traceparent", trace);
        var result = await OutputBindings.Invoke(context.App(), request.Name, request.Operation, request.Data.Memory, metadata, context.CancellationToken);
        var response = new InvokeBindingResponse { Data = UnsafeByteOperations.UnsafeWrap(result.Data) };
        response.Metadata.Add(result.Metadata.ToDictionary());
        return response;
    }
}
