using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Scheduling;

/// <summary>Where the scheduler joins the sidecar.</summary>
internal static class SchedulingModule
{
    public static void Add(IServiceCollection services) =>
        services.AddSingleton<ScheduleWriter>().AddSingleton<Scheduler>().AddHostedService<SchedulerStart>();

    /// <summary>Reads what was scheduled when the apps' components are loaded, before the ports open.</summary>
    private sealed class SchedulerStart(Scheduler scheduler, SidecarApps apps, IHostApplicationLifetime lifetime) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.ApplicationStopping.Register(scheduler.Stop);
            await Task.WhenAll(apps.All.Select(app => scheduler.Load(app, cancellationToken)));
        }

        public async Task StopAsync(CancellationToken cancellationToken) =>
            await scheduler.Stopped.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
