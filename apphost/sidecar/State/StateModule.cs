using System.Globalization;
using Platform.Sidecar.Api;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Postgres;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.State;

/// <summary>Registers the state stores and their API.</summary>
internal static class StateModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton(provider => Postgres(provider.GetRequiredService<PostgresPools>()));
        services.AddSingleton<DaprApi, StateGrpcApi>();
    }

    // The pools are asked for here, not when a component is made: so they are older than the components and disposed after them.
    private static ComponentType Postgres(PostgresPools pools) => new("state.postgresql", spec => Create(pools, spec));

    private static IStateStore Create(PostgresPools pools, ComponentSpec spec)
    {
        var database = pools.Get(spec["connectionString"] ?? throw new StartupException("connectionString is missing or empty"));
        var metadata = spec["metadataTableName"] ?? "dapr_metadata";
        return spec.Version switch
        {
            "v2" => new PostgresStateStore(database, new PostgresStateTable(spec["tablePrefix"] ?? "", metadata), CleanupInterval(spec), TimeProvider.System),
            "v1" => new PostgresStateStoreV1(database, new PostgresStateTableV1(spec["tableName"] ?? "state", metadata), CleanupInterval(spec), TimeProvider.System),
            _ => throw new StartupException($"version '{spec.Version}' is not served; the versions are v1, v2"),
        };
    }

    private static TimeSpan CleanupInterval(ComponentSpec spec) =>
        spec["cleanupInterval"] is { } interval ? GoDuration.Parse(interval, "cleanupInterval")
        : spec["cleanupIntervalInSeconds"] is { } seconds ? TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture))
        : TimeSpan.FromHours(1);
}
