using System.Text.Json;
using Platform.Sidecar.PubSub.Subscriptions;

namespace Platform.Sidecar.PubSub.Delivery;

/// <summary>Takes a broker's message through one subscription: opened, expired or not, routed, sent, and settled.</summary>
internal sealed class TopicDelivery
{
    private readonly Subscription _subscription;
    private readonly Settlement _settlement;
    private readonly TimeProvider _time;
    private readonly Func<TopicMessage, CancellationToken, Task<DeliveryResult>> _send;

    public TopicDelivery(Subscription subscription, ITopicSink sink, Settlement settlement, TimeProvider time)
    {
        (_subscription, _settlement, _time) = (subscription, settlement, time);
        _send = subscription.Bulk is { } bulk ? new BulkDelivery(bulk, sink, time).Send : sink.Send;
    }

    /// <summary>Never throws: what fails here is an outcome for the broker.</summary>
    public async Task<DeliveryResult> Deliver(BrokerDelivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            return await _settlement.Settle(_subscription, delivery, await Attempt(delivery, cancellationToken), cancellationToken);
        }
        catch (Exception error)
        {
            // Cancelled here means given up, by the time allowed or by the stop.
            var outcome = cancellationToken.IsCancellationRequested ? DeliveryOutcome.Unreachable : DeliveryOutcome.Retry;
            return new DeliveryResult(outcome, error.Message);
        }
    }

    // What no rule matches was never asked for: nothing has gone wrong, and no line says so. A dead-letter topic gets it all the same.
    private DeliveryResult Unwanted() =>
        _subscription.DeadLetterTopic is null ? DeliveryResult.Success : new DeliveryResult(DeliveryOutcome.Drop, "no route matches");

    private async Task<DeliveryResult> Attempt(BrokerDelivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            var message = TopicMessage.Open(_subscription, delivery);
            // A bulk may outlive this call: its messages are left to the collector.
            using var mine = _subscription.Bulk is null ? message : null;
            return message.IsExpired(_time.GetUtcNow()) ? new DeliveryResult(DeliveryOutcome.Drop, "expired")
                : message.Path is null ? Unwanted()
                : await _send(message, cancellationToken);
        }
        catch (JsonException error)
        {
            return new DeliveryResult(DeliveryOutcome.Retry, $"the message is not a CloudEvent: {error.Message}");
        }
        catch (MatchException error)
        {
            return new DeliveryResult(DeliveryOutcome.Retry, $"no route can be found: {error.Message}");
        }
    }
}
