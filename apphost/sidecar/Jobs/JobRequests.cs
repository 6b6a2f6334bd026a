using Dapr.Client.Autogen.Grpc.v1;
using Platform.Sidecar.Errors;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Scheduling;

namespace Platform.Sidecar.Jobs;

/// <summary>What the jobs API does, for both protocols.</summary>
internal sealed class JobRequests(Scheduler scheduler)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task Schedule(SidecarApp app, Job? job, bool overwrite, CancellationToken cancellationToken)
    {
        if (job is null)
            throw JobErrors.Empty(app, "Job").AsException();
        if (job.Name.Length == 0)
            throw JobErrors.Empty(app, "Name").AsException();
        if (!job.HasSchedule && !job.HasDueTime)
            throw JobErrors.Empty(app, "Schedule").AsException();
        if (ScheduleNames.Fault(job.Name) is { } fault)
            throw JobErrors.NotScheduled(app, $"job name is invalid: {fault}").AsException();
        try
        {
            await scheduler.Add(app, ScheduleKey.Job(app.Id, job.Name), job, overwrite, cancellationToken).WaitAsync(Patience, cancellationToken);
        }
        catch (Exception error) when (error is not (DaprException or OperationCanceledException))
        {
            throw JobErrors.NotScheduled(app, error).AsException(error);
        }
    }

    public Job Get(SidecarApp app, string name) => name.Length == 0
        ? throw JobErrors.Empty(app, "Name").AsException()
        : scheduler.Find(ScheduleKey.Job(app.Id, name))?.Definition ?? throw JobErrors.NotFound(app, name).AsException();

    public IEnumerable<Job> List(SidecarApp app)
    {
        var audience = new Audience(ScheduleKind.Job, app.Id);
        return scheduler.List(key => key.Audience == audience).Select(entry => entry.Definition);
    }

    public Task Delete(SidecarApp app, string name, CancellationToken cancellationToken) => name.Length == 0
        ? throw JobErrors.Empty(app, "Name").AsException()
        : Guard(app, scheduler.Remove(ScheduleKey.Job(app.Id, name), cancellationToken));

    public Task DeleteByPrefix(SidecarApp app, string prefix, CancellationToken cancellationToken)
    {
        var audience = new Audience(ScheduleKind.Job, app.Id);
        return Guard(app, scheduler.Remove(
            key => key.Audience == audience && key.Name.StartsWith(prefix, StringComparison.Ordinal), cancellationToken));
    }

    private static async Task Guard(SidecarApp app, Task deletion)
    {
        try
        {
            await deletion.WaitAsync(Patience);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw JobErrors.NotDeleted(app, error).AsException(error);
        }
    }
}
