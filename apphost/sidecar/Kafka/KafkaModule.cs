using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Kafka;

/// <summary>Registers the component type.</summary>
internal static class KafkaModule
{
    public static void Add(IServiceCollection services) => services.AddSingleton(provider =>
    {
        var logger = provider.GetRequiredService<ILogger<KafkaPubSub>>();
        return new ComponentType("pubsub.kafka", spec => new KafkaPubSub(spec, logger));
    });
}
