using Platform.Sidecar.Resources;

namespace Platform.Sidecar.RabbitMQ;

/// <summary>Registers the component type.</summary>
internal static class RabbitModule
{
    public static void Add(IServiceCollection services) => services.AddSingleton(provider =>
    {
        var logger = provider.GetRequiredService<ILogger<RabbitPubSub>>();
        return new ComponentType("pubsub.rabbitmq", spec => new RabbitPubSub(spec, logger));
    });
}
