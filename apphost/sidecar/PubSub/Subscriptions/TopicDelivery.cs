using System.Text.Json;
using Platform.Sidecar.Apps;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.PubSub.Subscriptions;

/// <summary>A message on its way to one path of the app.</summary>
internal sealed record TopicMessage(string PubSub, string Topic, string Path, ReadOnlyMemory<byte> CloudEvent, IReadOnlyDictionary<string, string> Metadata);

/// <summary>Finds out where a message goes in the app, and hands it over in the app's protocol.</summary>
internal sealed class TopicDelivery(AppChannel channel, string pubSub, IReadOnlyDictionary<string, Subscription> subscriptions)
{
    public async Task<DeliveryResult> Deliver(BrokerDelivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            return await Route(delivery, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new DeliveryResult(DeliveryOutcome.Unreachable, "given up");
        }
        catch (JsonException error)
        {
            return new DeliveryResult(DeliveryOutcome.Drop, $"the message is not a CloudEvent: {error.Message}");
        }
    }

    private async Task<DeliveryResult> Route(BrokerDelivery delivery, CancellationToken cancellationToken)
    {
        if (!subscriptions.TryGetValue(delivery.Topic, out var subscription))
            return new DeliveryResult(DeliveryOutcome.Drop, "the app no longer subscribes to the topic");
        var cloudEvent = subscription.IsRaw ? CloudEvents.WrapRaw(delivery.Payload, pubSub, delivery.Topic) : delivery.Payload;
        if (!CloudEvents.LooksLikeObject(cloudEvent.Span))
            return new DeliveryResult(DeliveryOutcome.Drop, "the message is not a CloudEvent");
        if (subscription.Routes.PathOf(cloudEvent) is not { } path)
            return new DeliveryResult(DeliveryOutcome.Drop, "no route matches");

        var message = new TopicMessage(pubSub, delivery.Topic, path, cloudEvent, delivery.Metadata);
        using var slot = await channel.Enter(cancellationToken);
        return channel.Protocol == AppProtocol.Grpc
            ? await GrpcDelivery.Send(channel, message, cancellationToken)
            : await HttpDelivery.Send(channel, message, cancellationToken);
    }
}
