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
        services.AddSingleton(provider => new ComponentType("state.postgresql", spec => Create(provider, spec)));
        services.AddSingleton<DaprApi, StateGrpcApi>();
    }

    private static PostgresStateStore Create(IServiceProvider provider, ComponentSpec spec)
    {
        if (spec.Version is not "v2")
            throw new StartupException($"version '{spec.Version}' is not served; the version is v2");
        var connectionString = spec["connectionString"] ?? throw new StartupException("connectionString is missing or empty");
        return new PostgresStateStore(
            provider.GetRequiredService<PostgresPools>().Get(connectionString),
            new PostgresStateTable(spec["tablePrefix"] ?? "", spec["metadataTableName"] ?? "dapr_metadata"),
            CleanupInterval(spec),
            TimeProvider.System);
    }

    private static TimeSpan CleanupInterval(ComponentSpec spec) =>
        spec["cleanupInterval"] is { } interval ? GoDuration.Parse(interval, "cleanupInterval")
        : spec["cleanupIntervalInSeconds"] is { } seconds ? TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture))
        : TimeSpan.FromHours(1);
}
