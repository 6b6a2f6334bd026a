using Platform.Sidecar.PubSub.Subscriptions;

namespace Platform.Sidecar.PubSub.Delivery;

/// <summary>What becomes of a message that was not taken: to the dead-letter topic, where the broker does not see to it itself.</summary>
internal sealed partial class Settlement(IPubSub broker, string app, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task<DeliveryResult> Settle(
        Subscription subscription, BrokerDelivery delivery, DeliveryResult result, CancellationToken cancellationToken)
    {
        if (result.Outcome is DeliveryOutcome.Success or DeliveryOutcome.Unreachable)
            return result;
        // A broker that keeps dead letters says itself what it does, and when.
        if (broker.KeepsDeadLetters)
            return result;
        Log.NotTaken(logger, app, subscription.PubSub, delivery.Topic, result.Outcome, result.Reason);
        if (subscription.DeadLetterTopic is not { } topic || cancellationToken.IsCancellationRequested)
            return result;
        return await TryMove(subscription, delivery, topic) ? DeliveryResult.Success : result;
    }

    // The attempt may have used up the time of its own token; a dead letter gets time of its own.
    private async Task<bool> TryMove(Subscription subscription, BrokerDelivery delivery, string topic)
    {
        try
        {
            using var limit = new CancellationTokenSource(Patience, time);
            await broker.Publish(new BrokerMessage(topic, delivery.Payload) { Metadata = delivery.Metadata }, limit.Token);
            return true;
        }
        catch (Exception error)
        {
            Log.DeadLetterFailed(logger, app, subscription.PubSub, topic, error.Message);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "App {App} did not take a message of {PubSub}/{Topic} ({Outcome}): {Reason}")]
        public static partial void NotTaken(ILogger logger, string app, string pubSub, string topic, DeliveryOutcome outcome, string? reason);

        [LoggerMessage(LogLevel.Error, "A message of app {App} could not be put into the dead-letter topic {PubSub}/{Topic}: {Reason}")]
        public static partial void DeadLetterFailed(ILogger logger, string app, string pubSub, string topic, string reason);
    }
}
