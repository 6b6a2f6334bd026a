using Dapr.AppCallback.Autogen.Grpc.v1;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Platform.Sidecar.Apps;

/// <summary>What the sidecar asks of an app that speaks gRPC: the service <c>AppCallback</c>, of which the packages have no client.</summary>
internal static class AppCallbacks
{
    private const string Service = "dapr.proto.runtime.v1.AppCallback";
    private const string AlphaService = "dapr.proto.runtime.v1.AppCallbackAlpha";

    private static readonly Method<Empty, ListTopicSubscriptionsResponse> ListTopicSubscriptions = Unary("ListTopicSubscriptions", Empty.Parser, ListTopicSubscriptionsResponse.Parser);
    private static readonly Method<TopicEventRequest, TopicEventResponse> OnTopicEvent = Unary("OnTopicEvent", TopicEventRequest.Parser, TopicEventResponse.Parser);
    private static readonly Method<TopicEventBulkRequest, TopicEventBulkResponse> OnBulkTopicEvent = Unary("OnBulkTopicEvent", TopicEventBulkRequest.Parser, TopicEventBulkResponse.Parser);
    private static readonly Method<TopicEventBulkRequest, TopicEventBulkResponse> OnBulkTopicEventAlpha1 =
        Unary("OnBulkTopicEventAlpha1", TopicEventBulkRequest.Parser, TopicEventBulkResponse.Parser, AlphaService);
    private static readonly Method<InvokeRequest, InvokeResponse> OnInvoke = Unary("OnInvoke", InvokeRequest.Parser, InvokeResponse.Parser);

    private static readonly Method<Empty, ListInputBindingsResponse> ListInputBindings = Unary("ListInputBindings", Empty.Parser, ListInputBindingsResponse.Parser);
    private static readonly Method<BindingEventRequest, BindingEventResponse> OnBindingEvent = Unary("OnBindingEvent", BindingEventRequest.Parser, BindingEventResponse.Parser);

    public static async Task<ListTopicSubscriptionsResponse> Subscriptions(this AppChannel channel, CancellationToken cancellationToken) =>
        await channel.Grpc.AsyncUnaryCall(ListTopicSubscriptions, null, Options(channel, cancellationToken), new Empty());

    public static async Task<TopicEventResponse> TopicEvent(this AppChannel channel, TopicEventRequest request, Metadata metadata, CancellationToken cancellationToken) =>
        await channel.Grpc.AsyncUnaryCall(OnTopicEvent, null, Options(channel, cancellationToken, metadata), request);

    /// <summary>By the stable name, else by the one that older apps have.</summary>
    public static async Task<TopicEventBulkResponse> BulkTopicEvent(
        this AppChannel channel, TopicEventBulkRequest request, Metadata metadata, CancellationToken cancellationToken)
    {
        var options = Options(channel, cancellationToken, metadata);
        try
        {
            return await channel.Grpc.AsyncUnaryCall(OnBulkTopicEvent, null, options, request);
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.Unimplemented)
        {
            return await channel.Grpc.AsyncUnaryCall(OnBulkTopicEventAlpha1, null, options, request);
        }
    }

    public static AsyncUnaryCall<InvokeResponse> Invoke(this AppChannel channel, InvokeRequest request, Metadata metadata, CancellationToken cancellationToken) =>
        channel.Grpc.AsyncUnaryCall(OnInvoke, null, Options(channel, cancellationToken, metadata), request);

    public static async Task<ListInputBindingsResponse> InputBindings(this AppChannel channel, CancellationToken cancellationToken) =>
        await channel.Grpc.AsyncUnaryCall(ListInputBindings, null, Options(channel, cancellationToken), new Empty());

    public static async Task<BindingEventResponse> BindingEvent(this AppChannel channel, BindingEventRequest request, Metadata metadata, CancellationToken cancellationToken) =>
        await channel.Grpc.AsyncUnaryCall(OnBindingEvent, null, Options(channel, cancellationToken, metadata), request);

    private static CallOptions Options(AppChannel channel, CancellationToken cancellationToken, Metadata? metadata = null)
    {
        metadata ??= [];
        if (channel.Token is { } token)
            metadata.Add(AppChannel.TokenHeader, token);
        return new CallOptions(metadata, cancellationToken: cancellationToken);
    }

    private static Method<TRequest, TResponse> Unary<TRequest, TResponse>(
        string name, MessageParser<TRequest> requests, MessageParser<TResponse> responses, string service = Service)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        new(MethodType.Unary, service, name, Marshaller(requests), Marshaller(responses));

    private static Marshaller<T> Marshaller<T>(MessageParser<T> parser) where T : class, IMessage<T> =>
        Marshallers.Create(message => message.ToByteArray(), parser.ParseFrom);
}
