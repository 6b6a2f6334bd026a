using Dapr.Actors;
using Dapr.Actors.Client;
using Dapr.Actors.Runtime;
using Dapr.Conformance.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Dapr.Conformance.Actors;

/// <summary>An app that hosts actors with the official package.</summary>
public sealed class ActorSetup : IAsyncLifetime
{
    internal const string AppId = "zoo";
    internal const string Type = "Counter";

    /// <summary>The same actor, soon idle.</summary>
    internal const string Sleepy = "SleepyCounter";

    /// <summary>The same actor, which may be entered again by its own calls, five deep.</summary>
    internal const string Reentrant = "ReentrantCounter";

    internal ActorLog Log { get; } = new();
    internal Sidecar Sidecar { get; }
    internal Database Database { get; private set; } = null!;

    public ActorSetup() => Sidecar = new Sidecar(AppId, new App(app => app.MapActorsHandlers(), services: services =>
    {
        services.AddSingleton(Log);
        services.AddActors(options =>
        {
            options.HttpEndpoint = Sidecar!.HttpAddress.ToString();
            options.Actors.RegisterActor<Counter>(Type);
            options.Actors.RegisterActor<Counter>(Sleepy, new ActorRuntimeOptions
            {
                ActorIdleTimeout = TimeSpan.FromSeconds(1),
                ActorScanInterval = TimeSpan.FromSeconds(1),
            });
            options.Actors.RegisterActor<Counter>(Reentrant, new ActorRuntimeOptions
            {
                ReentrancyConfig = new ActorReentrancyConfig { Enabled = true, MaxStackDepth = 5 },
            });
        });
    }));

    public async ValueTask InitializeAsync()
    {
        Database = await Database.CreateAsync();
        Sidecar.Component("statestore", "state.postgresql v2", ("connectionString", Database.Url), ("actorStateStore", "true"))
            .Configuration("  features:\n    - name: ActorStateTTL\n      enabled: true");
        await Sidecar.App!.StartAsync();
        await Sidecar.StartAsync();
        await HostsAsync(Sidecar);
    }

    public async ValueTask DisposeAsync()
    {
        await Sidecar.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>A proxy of the official package: calls with types.</summary>
    internal static ICounter Actor(Sidecar sidecar, string id, string type = Type) =>
        ActorProxy.Create<ICounter>(new ActorId(id), type, new ActorProxyOptions { HttpEndpoint = sidecar.HttpAddress.ToString(), RequestTimeout = TimeSpan.FromSeconds(20) });

    internal ICounter Actor(string id, string type = Type) => Actor(Sidecar, id, type);

    /// <summary>Types are placed some time after the start.</summary>
    internal static async Task HostsAsync(Sidecar sidecar) => await Eventually.Holds(async () =>
    {
        try
        {
            return await Actor(sidecar, "first").GetAsync() == 0;
        }
        catch (Exception failure) when (failure is DaprException or HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }, "the app hosts its actors", seconds: 40);
}
