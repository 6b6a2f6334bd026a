using System.Text;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Platform.Sidecar.Api;
using Platform.Sidecar.Apps;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Invocation.Neighbours;
using Platform.Sidecar.Resiliency;
using Verb = Dapr.Client.Autogen.Grpc.v1.HTTPExtension.Types.Verb;

namespace Platform.Sidecar.Invocation;

/// <summary>The older way to call an app over gRPC: a message in, a message out, whichever protocol the app speaks.</summary>
internal sealed class InvocationGrpcApi(SidecarApps apps, Neighbourhood neighbourhood) : DaprApi
{
    public async Task<InvokeResponse> InvokeService(InvokeServiceRequest request, ServerCallContext context)
    {
        if (!apps.TryGet(request.Id, out var callee) && neighbourhood.Find(request.Id) is { } neighbour)
            return await ToNeighbour(neighbour, request, context);
        if (callee is null)
            throw (InvocationErrors.Unknown(request.Id) with { Grpc = StatusCode.Internal }).AsException();
        if (callee.Channel is not { } channel)
            throw InvocationErrors.NoChannel(request.Id).AsException();
        if (callee.Options.Health.Enabled && !channel.IsUp)
            throw InvocationErrors.Unhealthy(request.Id).AsException();
        var message = request.Message ?? new InvokeRequest();
        using var slot = await channel.Enter(context.CancellationToken);
        try
        {
            return await context.App().Resiliency.App(callee.Id).Run(
                token => channel.Protocol == AppProtocol.Grpc ? ToGrpc(channel, message, context, token) : ToHttp(channel, message, context, token), context.CancellationToken);
        }
        catch (Exception error) when (error is HttpRequestException or CircuitOpenException or PolicyTimeoutException)
        {
            throw InvocationErrors.Failed(request.Id, error.GetBaseException().Message).AsException(error);
        }
    }

    // Asked for seldom enough to do without a pool of connections.
    private static async Task<InvokeResponse> ToNeighbour(Neighbour neighbour, InvokeServiceRequest request, ServerCallContext context)
    {
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{neighbour.GrpcPort}", new GrpcChannelOptions { MaxReceiveMessageSize = null });
        var metadata = AppRequest.Metadata(Forwarded(context));
        metadata.Add(NeighbourForwarder.CallerHeader, context.App().Id);
        if (neighbour.Token is { } token)
            metadata.Add(ApiEdge.TokenHeader, token);
        return await new Dapr.Client.Autogen.Grpc.v1.Dapr.DaprClient(channel).InvokeServiceAsync(request, metadata, cancellationToken: context.CancellationToken);
    }

    private static async Task<InvokeResponse> ToGrpc(AppChannel channel, InvokeRequest message, ServerCallContext context, CancellationToken cancellationToken)
    {
        using var call = channel.Invoke(message, AppRequest.Metadata(Forwarded(context)), cancellationToken);
        return await call;
    }

    private static async Task<InvokeResponse> ToHttp(AppChannel channel, InvokeRequest message, ServerCallContext context, CancellationToken cancellationToken)
    {
        var verb = message.HttpExtension is { Verb: not Verb.None } extension ? extension.Verb : Verb.Post;
        var query = message.HttpExtension?.Querystring is { Length: > 0 } text ? "?" + text : "";
        using var request = channel.Request(new HttpMethod(verb.ToString().ToUpperInvariant()), "/" + message.Method.TrimStart('/') + query);
        if (verb is not (Verb.Get or Verb.Head) || message.Data is { Value.Length: > 0 })
            request.Content = new ReadOnlyMemoryContent((message.Data?.Value ?? ByteString.Empty).Memory);
        if (message.ContentType.Length > 0)
            request.Content?.Headers.TryAddWithoutValidation("Content-Type", message.ContentType);
        foreach (var (name, value) in Forwarded(context))
            request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.TryAddWithoutValidation("dapr-caller-app-id", context.RequestHeaders.GetValue(NeighbourForwarder.CallerHeader) ?? context.App().Id);
        using var response = await channel.Client.SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return response.IsSuccessStatusCode
            ? new InvokeResponse { Data = new Any { Value = UnsafeByteOperations.UnsafeWrap(body) }, ContentType = response.Content.Headers.ContentType?.ToString() ?? "" }
            : throw new RpcException(new Status(Code((int)response.StatusCode), Encoding.UTF8.GetString(body)));
    }

    private static Dictionary<string, string> Forwarded(ServerCallContext context) => context.RequestHeaders
        .Where(header => !header.IsBinary && header.Key is not ("user-agent" or "te" or "content-type" or "host" or "grpc-accept-encoding" or "grpc-timeout" or NeighbourForwarder.CallerHeader))
        .GroupBy(header => header.Key).ToDictionary(group => group.Key, group => group.First().Value);

    private static StatusCode Code(int http) => http switch
    {
        401 => StatusCode.Unauthenticated,
        403 => StatusCode.PermissionDenied,
        404 => StatusCode.NotFound,
        408 => StatusCode.Cancelled,
        409 => StatusCode.Aborted,
        429 => StatusCode.ResourceExhausted,
        501 => StatusCode.Unimplemented,
        503 => StatusCode.Unavailable,
        504 => StatusCode.DeadlineExceeded,
        >= 400 and < 500 => StatusCode.InvalidArgument,
        >= 500 => StatusCode.Internal,
        _ => StatusCode.Unknown,
    };
}
