using Platform.Sidecar.Api;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Postgres;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Configuration;

/// <summary>Registers the configuration stores and their API.</summary>
internal static class ConfigurationModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton(provider => Postgres(provider.GetRequiredService<PostgresPools>()));
        services.AddSingleton<ConfigurationRequests>().AddSingleton<DaprApi, ConfigurationGrpcApi>();
    }

    // The pools are asked for here, not when a component is made: so they are older than the components and disposed after them.
    private static ComponentType Postgres(PostgresPools pools) => new("configuration.postgresql", spec => new PostgresConfigurationStore(
        pools.Get(spec["connectionString"] ?? throw new StartupException("connectionString is missing or empty")), spec));
}
