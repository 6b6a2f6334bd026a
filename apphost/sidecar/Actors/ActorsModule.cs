using Platform.Sidecar.Api;
using Platform.Sidecar.Apps;
using Platform.Sidecar.Health;
using Platform.Sidecar.Introspection;
using Platform.Sidecar.Scheduling;

namespace Platform.Sidecar.Actors;

/// <summary>Where the actor runtime joins the sidecar.</summary>
internal static class ActorsModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ActorPlacement>().AddSingleton<ActorRouter>().AddSingleton<ActorTimers>().AddSingleton<ActorConfigSource>();
        services.AddSingleton<ActorState>().AddSingleton<ActorReminders>().AddSingleton<TimerRequests>();
        services.AddSingleton<IScheduleTarget, ReminderDelivery>();
        services.AddSingleton<ActorHosting>();
        services.AddSingleton<IAppLifecycle>(provider => provider.GetRequiredService<ActorHosting>());
        services.AddSingleton<IReadiness>(provider => provider.GetRequiredService<ActorHosting>());
        services.AddSingleton<IMetadataSource, ActorMetadata>();
        services.AddSingleton<DaprApi, ActorsGrpcApi>().AddSingleton<DaprApi, RemindersGrpcApi>().AddSingleton<DaprApi, TimersGrpcApi>();
        services.AddHostedService<ActorShutdown>();
    }
}
