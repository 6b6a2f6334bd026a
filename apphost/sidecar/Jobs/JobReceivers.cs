using Platform.Sidecar.Apps;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Scheduling;

namespace Platform.Sidecar.Jobs;

/// <summary>Jobs wait while their app is away, and come when it is up.</summary>
internal sealed class JobReceivers(Scheduler scheduler) : IAppLifecycle
{
    public async Task RunWhileUp(SidecarApp app, CancellationToken down)
    {
        var audience = new Audience(ScheduleKind.Job, app.Id);
        scheduler.Open(audience);
        try
        {
            await Task.Delay(Timeout.Infinite, down);
        }
        finally
        {
            scheduler.Close(audience);
        }
    }
}
