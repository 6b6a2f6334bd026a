using Platform.Sidecar.Configuration;
using Platform.Sidecar.Locks;
using Platform.Sidecar.PubSub.RedisStreams;
using Platform.Sidecar.Resources;
using Platform.Sidecar.State;

namespace Platform.Sidecar.Redis;

/// <summary>Registers the component types that Redis serves.</summary>
internal static class RedisModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<RedisConnections>();
        Type(services, "state.redis", (_, redis, spec) => RedisStateStore.Create(redis, spec));
        Type(services, "pubsub.redis", (provider, redis, spec) => new RedisBroker(
            redis, StreamOptions.From(spec), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<RedisBroker>>()));
        Type(services, "configuration.redis", (provider, redis, _) => new RedisConfigurationStore(redis, provider.GetRequiredService<ILogger<RedisConfigurationStore>>()));
        Type(services, "lock.redis", (_, redis, _) => new RedisLockStore(redis));
    }

    // The connections are asked for here, not when a component is made: so they are older than the components and disposed after them.
    private static void Type(IServiceCollection services, string name, Func<IServiceProvider, RedisConnection, ComponentSpec, IComponent> create) =>
        services.AddSingleton(provider =>
        {
            var connections = provider.GetRequiredService<RedisConnections>();
            return new ComponentType(name, spec => create(provider, connections.Get(spec), spec));
        });
}
