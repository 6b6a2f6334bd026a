using Platform.Sidecar.Apps;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.PubSub.Delivery;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.PubSub.Subscriptions;

/// <summary>Reads an app's subscriptions each time that it comes up, and feeds it until it goes down.</summary>
internal sealed partial class Subscriber(
    SubscriptionSource source, Consumers consumers, ActiveSubscriptions active, ILogger<Subscriber> logger) : IAppLifecycle
{
    public async Task RunWhileUp(SidecarApp app, CancellationToken down)
    {
        if (!app.Components.Any<IPubSub>())
            return;
        var subscriptions = await source.Read(app, down);
        if (subscriptions.Count > 0)
            Log.Subscribed(logger, app.Id, string.Join(", ", subscriptions.Select(subscription => $"{subscription.PubSub}/{subscription.Topic}")));
        using var listed = active.Add(app, subscriptions);
        await Task.WhenAll(app.Components.All.Where(component => component.Component is IPubSub).Select(component =>
            Consume(app, component, [.. subscriptions.Where(subscription => subscription.PubSub == component.Spec.Name)], down)));
    }

    private Task Consume(SidecarApp app, AppComponent component, IReadOnlyList<Subscription> subscriptions, CancellationToken down)
    {
        // A broker with queues of its own must hear of an app that wants nothing: its messages must stop piling up.
        if (subscriptions.Count == 0 && !((IPubSub)component.Component).KeepsDeadLetters)
            return Task.CompletedTask;
        ITopicSink sink = app.Channel!.Protocol == AppProtocol.Grpc ? new GrpcSink(app.Channel) : new HttpSink(app.Channel);
        return consumers.Run(component, consumers.Create(app, component, subscriptions, sink) with { IsComplete = true }, down);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "App {App} is subscribed to {Topics}")]
        public static partial void Subscribed(ILogger logger, string app, string topics);
    }
}
