using Dapr.AppCallback.Autogen.Grpc.v1;
using Grpc.Core;
using Platform.Sidecar.Apps;
using Answer = Dapr.AppCallback.Autogen.Grpc.v1.TopicEventResponse.Types.TopicEventResponseStatus;

namespace Platform.Sidecar.PubSub.Delivery;

/// <summary>Hands messages to an app that speaks gRPC: <c>AppCallback.OnTopicEvent</c> and <c>OnBulkTopicEvent</c>.</summary>
internal sealed class GrpcSink(AppChannel channel) : ITopicSink
{
    public Task<DeliveryResult> Send(TopicMessage message, CancellationToken cancellationToken) => Call(
        async () => Result((await channel.TopicEvent(TopicEvents.Single(message), Metadata(message), cancellationToken)).Status),
        failed => failed, cancellationToken);

    public Task<IReadOnlyList<DeliveryResult>> SendBulk(IReadOnlyList<TopicMessage> messages, CancellationToken cancellationToken)
    {
        var bulk = new BulkEnvelope(messages);
        return Call(
            async () => Results(bulk, await channel.BulkTopicEvent(TopicEvents.Bulk(bulk), Begin(bulk.First), cancellationToken)),
            bulk.All, cancellationToken);
    }

    public static DeliveryResult Result(Answer answer) => answer switch
    {
        Answer.Success => DeliveryResult.Success,
        Answer.Drop => new DeliveryResult(DeliveryOutcome.Drop, "the app answered DROP"),
        var status => new DeliveryResult(DeliveryOutcome.Retry, $"the app answered {status}"),
    };

    private static IReadOnlyList<DeliveryResult> Results(BulkEnvelope bulk, TopicEventBulkResponse response)
    {
        var results = new Dictionary<string, DeliveryResult>();
        foreach (var status in response.Statuses)
            results[status.EntryId] = Result(status.Status);
        return bulk.InOrder(results);
    }

    private async Task<T> Call<T>(Func<Task<T>> call, Func<DeliveryResult, T> failed, CancellationToken cancellationToken)
    {
        using var slot = await channel.Enter(cancellationToken);
        try
        {
            return await call();
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.Cancelled && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (RpcException error)
        {
            return failed(new DeliveryResult(Outcome(error), error.Status.Detail));
        }
    }

    private static DeliveryOutcome Outcome(RpcException error) => error.StatusCode switch
    {
        StatusCode.Unimplemented => DeliveryOutcome.Drop,
        StatusCode.Unavailable when error.Status.DebugException is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } =>
            DeliveryOutcome.Unreachable,
        _ => DeliveryOutcome.Retry,
    };

    private static Metadata Begin(TopicMessage message) => new() { { "pubsubname", message.PubSub } };

    private static Metadata Metadata(TopicMessage message)
    {
        var metadata = Begin(message);
        foreach (var (name, value) in message.Delivery.Metadata.Where(pair => MayBeHeader(pair.Key, pair.Value)))
            metadata.Add(name, value);
        if (message.TraceParent is { } parent)
            metadata.Add("traceparent", parent);
        if (message.TraceState is { } state)
            metadata.Add("tracestate", state);
        return metadata;
    }

    private static bool MayBeHeader(string name, string value) =>
        name.ToLowerInvariant() is not ("traceparent" or "tracestate" or "traceid" or "pubsubname" or "content-length" or "content-type"
            or "te" or "host" or "connection" or "transfer-encoding" or AppChannel.TokenHeader)
        && !name.EndsWith("-bin", StringComparison.OrdinalIgnoreCase) && !name.StartsWith("grpc-", StringComparison.OrdinalIgnoreCase)
        && name.Length > 0 && name.All(IsNameCharacter) && value.All(character => character is >= ' ' and <= '~');

    private static bool IsNameCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.';
}
