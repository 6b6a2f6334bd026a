using Dapr.Client;
using Dapr.Conformance.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Dapr.Conformance.PubSub;

/// <summary>A sidecar with one kind of broker, and an app that has subscribed with the official package.</summary>
public abstract class PubSubSetup : IAsyncLifetime
{
    internal const string AppId = "listener";
    internal const string PubSub = "pubsub";

    /// <summary>A retry of the resiliency file: so many deliveries in all.</summary>
    internal const int Deliveries = 4;

    internal PubSubSetup() => Sidecar = new Sidecar(AppId, new App(app => Subscriptions.Map(app, Inbox)));

    internal Inbox Inbox { get; } = new();
    internal Sidecar Sidecar { get; }
    internal DaprClient Dapr { get; private set; } = null!;
    internal HttpClient Http { get; private set; } = null!;

    internal abstract string Type { get; }

    /// <summary>Metadata with which what a dead consumer held comes again soon.</summary>
    internal virtual (string Name, string Value)[] Redelivery => [];

    internal abstract Task<(string Name, string Value)[]> StartServerAsync();

    /// <summary>The component's metadata for further sidecars on the same server.</summary>
    internal (string Name, string Value)[] Server { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        Server = await StartServerAsync();
        Sidecar.Component(PubSub, Type, Server)
            .Component("limited", Type, [.. Server,
                ("publishingScopes", $"{AppId}=limited-open,limited-deaf;other=limited-closed"), ("subscriptionScopes", $"{AppId}=limited-open"),
                ("allowedTopics", "limited-open,limited-closed,limited-deaf")])
            .Component("guarded", Type, [.. Server, ("protectedTopics", "guarded-topic")]);
        foreach (var (name, yaml) in Subscriptions.Files)
            Sidecar.Resource(name, yaml);
        Sidecar.Resource("resiliency.yaml", Resiliency);
        await Sidecar.App!.StartAsync();
        await Sidecar.StartAsync();
        Dapr = Sidecar.Dapr();
        Http = Sidecar.Http();
        await HearsAsync(Sidecar, Inbox, "plain");
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Sidecar.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Publishes until something is heard: subscriptions begin some time after the start.</summary>
    internal static async Task HearsAsync(Sidecar sidecar, Inbox inbox, string topic)
    {
        var dapr = sidecar.Dapr();
        var before = inbox[topic].Count;
        await Eventually.Holds(async () =>
        {
            await dapr.PublishEventAsync(PubSub, topic, "are you there?");
            return inbox[topic].Count > before;
        }, $"the subscription to {topic} has begun", seconds: 30);
    }

    private static readonly string Resiliency = $"""
        apiVersion: dapr.io/v1alpha1
        kind: Resiliency
        metadata:
          name: patience
        spec:
          policies:
            retries:
              brief:
                policy: constant
                duration: 100ms
                maxRetries: {Deliveries - 1}
          targets:
            components:
              pubsub:
                inbound:
                  retry: brief
        """;
}
