using Platform.Sidecar.Hosting;
using Platform.Sidecar.PubSub.Delivery;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.PubSub.Subscriptions;

/// <summary>Puts the way from a broker to an app together.</summary>
internal sealed partial class Consumers(TimeProvider time, ILogger<Consumers> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public Consumer Create(SidecarApp app, AppComponent component, IReadOnlyCollection<Subscription> subscriptions, ITopicSink sink)
    {
        var settlement = new Settlement((IPubSub)component.Component, app.Id, time, logger);
        var observed = new PolicySink(app, component.Spec.Name, sink, logger);
        var deliveries = subscriptions.ToDictionary(
            subscription => subscription.Topic, subscription => new TopicDelivery(subscription, observed, settlement, time));
        return new Consumer(component.Spec["consumerID"] ?? app.Id, [.. subscriptions.Select(Topic)], Deliver)
        {
            GracePeriod = app.Options.GracefulShutdown,
        };

        Task<DeliveryResult> Deliver(BrokerDelivery delivery, CancellationToken cancellationToken) =>
            deliveries.TryGetValue(delivery.Topic, out var topic)
                ? topic.Deliver(delivery, cancellationToken)
                : Task.FromResult(new DeliveryResult(DeliveryOutcome.Drop, "the app does not subscribe to the topic"));
    }

    /// <summary>Consumes until stopped, whatever fails; each failure costs a pause.</summary>
    public async Task Run(AppComponent component, Consumer consumer, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await ((IPubSub)component.Component).Consume(consumer, stopping);
                return;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                Log.Failed(logger, error, consumer.Id, component.Spec.Name);
                await Task.Delay(Pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static ConsumedTopic Topic(Subscription subscription) => new(subscription.Topic, subscription.DeadLetterTopic)
    {
        Metadata = subscription.Metadata,
        BulkSize = subscription.Bulk?.MaxMessages ?? 1,
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Consumer {Consumer} of {PubSub} failed and begins anew")]
        public static partial void Failed(ILogger logger, Exception error, string consumer, string pubSub);
    }
}
