using System.Collections.Concurrent;
using Dapr.Client.Autogen.Grpc.v1;
using Platform.Sidecar.Apps;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Introspection;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.PubSub.Subscriptions;

/// <summary>Reads an app's subscriptions each time that it comes up, and feeds it until it goes down.</summary>
internal sealed partial class Subscriber(SubscriptionSource source, ILogger<Subscriber> logger) : IAppLifecycle, IMetadataSource
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<Subscription>> _active = new();

    public async Task RunWhileUp(SidecarApp app, CancellationToken down)
    {
        if (!app.Components.Any<IPubSub>())
            return;
        var subscriptions = await source.Read(app, down);
        _active[app.Id] = subscriptions;
        if (subscriptions.Count > 0)
            Log.Subscribed(logger, app.Id, string.Join(", ", subscriptions.Select(subscription => $"{subscription.PubSub}/{subscription.Topic}")));
        try
        {
            // Components without a subscription as well: what the app no longer wants must stop piling up.
            await Task.WhenAll(app.Components.All.Where(component => component.Component is IPubSub).Select(component =>
                Consume(app, component, [.. subscriptions.Where(subscription => subscription.PubSub == component.Spec.Name)], down)));
        }
        finally
        {
            _active.TryRemove(app.Id, out _);
        }
    }

    public void Add(SidecarApp app, GetMetadataResponse response)
    {
        foreach (var subscription in _active.GetValueOrDefault(app.Id) ?? [])
            response.Subscriptions.Add(Describe(subscription));
    }

    private static Task Consume(SidecarApp app, AppComponent component, IReadOnlyList<Subscription> subscriptions, CancellationToken down)
    {
        var delivery = new TopicDelivery(app.Channel!, component.Spec.Name, subscriptions.ToDictionary(subscription => subscription.Topic));
        var topics = subscriptions.Select(subscription => new ConsumedTopic(subscription.Topic, subscription.DeadLetterTopic));
        var consumer = new Consumer(component.Spec["consumerID"] ?? app.Id, [.. topics], delivery.Deliver) { GracePeriod = app.Options.GracefulShutdown, IsComplete = true };
        return ((IPubSub)component.Component).Consume(consumer, down);
    }

    private static PubsubSubscription Describe(Subscription subscription)
    {
        var described = new PubsubSubscription
        {
            PubsubName = subscription.PubSub,
            Topic = subscription.Topic,
            DeadLetterTopic = subscription.DeadLetterTopic ?? "",
            Type = subscription.Type,
            Rules = new PubsubSubscriptionRules(),
        };
        described.Metadata.Add(subscription.Metadata.ToDictionary());
        described.Rules.Rules.Add(subscription.Routes.Rules.Select(rule => new PubsubSubscriptionRule { Match = rule.Expression, Path = rule.Path }));
        if (subscription.Routes.Default is { } path)
            described.Rules.Rules.Add(new PubsubSubscriptionRule { Path = path });
        return described;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "App {App} is subscribed to {Topics}")]
        public static partial void Subscribed(ILogger logger, string app, string topics);
    }
}
