using Platform.Sidecar.Api;
using Platform.Sidecar.Apps;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Introspection;
using Platform.Sidecar.Postgres;
using Platform.Sidecar.PubSub.Embedded;
using Platform.Sidecar.PubSub.InMemory;
using Platform.Sidecar.PubSub.Streaming;
using Platform.Sidecar.PubSub.Subscriptions;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.PubSub;

/// <summary>Registers the brokers, the publish API and the subscribers.</summary>
internal static class PubSubModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton(provider => Embedded(provider.GetRequiredService<PostgresPools>(), provider.GetRequiredService<ILogger<EmbeddedBroker>>()));
        services.AddSingleton(provider => InMemory(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<DaprApi, PubSubGrpcApi>().AddSingleton<DaprApi, StreamingGrpcApi>();
        services.AddSingleton<SubscriptionSource>().AddSingleton<Consumers>().AddSingleton<ActiveSubscriptions>();
        services.AddSingleton<IAppLifecycle, Subscriber>();
        services.AddSingleton<IMetadataSource>(provider => provider.GetRequiredService<ActiveSubscriptions>());
    }

    // The pools are asked for here, not when a component is made: so they are older than the components and disposed after them.
    private static ComponentType Embedded(PostgresPools pools, ILogger<EmbeddedBroker> logger) => new("pubsub.embedded", spec =>
        new EmbeddedBroker(
            spec.Name, pools.Get(spec["connectionString"] ?? throw new StartupException("connectionString is missing or empty")),
            BrokerOptions.From(spec), logger));

    private static ComponentType InMemory(TimeProvider time) => new("pubsub.in-memory", _ => new InMemoryBroker(time));
}
