using System.Collections.Concurrent;
using Dapr.AppCallback.Autogen.Grpc.v1;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Dapr.Conformance.Invocation;

/// <summary>An app that speaks gRPC: what is invoked on it comes as <c>OnInvoke</c>.</summary>
internal sealed class CallbackService(CallbackService.Log log) : AppCallback.Autogen.Grpc.v1.AppCallback.AppCallbackBase
{
    public sealed class Log
    {
        public ConcurrentQueue<InvokeRequest> Invocations { get; } = new();
    }

    public override Task<InvokeResponse> OnInvoke(InvokeRequest request, ServerCallContext context)
    {
        log.Invocations.Enqueue(request);
        if (System.Enum.TryParse<StatusCode>(request.Method, out var status))
            throw new RpcException(new Status(status, $"asked for {status}"));
        return Task.FromResult(new InvokeResponse { ContentType = request.ContentType, Data = request.Data });
    }

    public override Task<ListTopicSubscriptionsResponse> ListTopicSubscriptions(Empty request, ServerCallContext context) =>
        Task.FromResult(new ListTopicSubscriptionsResponse());

    public override Task<ListInputBindingsResponse> ListInputBindings(Empty request, ServerCallContext context) =>
        Task.FromResult(new ListInputBindingsResponse());
}
