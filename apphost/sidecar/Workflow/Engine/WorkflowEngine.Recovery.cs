using Platform.Sidecar.Hosting;
using Entry = Platform.DurableTask.HistoryEvent.EventTypeOneofCase;

namespace Platform.Sidecar.Workflow.Engine;

/// <summary>The start: what was open goes on.</summary>
internal sealed partial class WorkflowEngine
{
    private const int RecoveryPage = 200;

    /// <summary>Reads what is open and lets it go on; answers nothing until that is done.</summary>
    public async Task Start(IEnumerable<SidecarApp> apps, CancellationToken cancellationToken)
    {
        foreach (var app in apps.Where(app => app.ActorStateStore is not null))
            _apps.Add(app.Id, new AppWorkflows(app, app.ActorStateStore!));
        _journal.Start(Dispatch);
        foreach (var app in _apps.Values)
            await Recover(app, cancellationToken);
        _ready.SetResult();
    }

    private async Task Recover(AppWorkflows app, CancellationToken cancellationToken)
    {
        var count = 0;
        for (string? after = null; ;)
        {
            var page = await app.Store.KeysLike(app.Keys.OpenPattern, after, RecoveryPage, cancellationToken);
            var states = await app.Reader.Read([.. page.Keys.Select(app.Keys.IdOfOpen)], cancellationToken);
            lock (Gate)
            {
                foreach (var state in states.Where(state => state.Exists && app.Find(state.InstanceId) is null))
                    Resume(app.Add(state));
            }

            count += states.Count;
            if ((after = page.Next) is null)
                break;
        }

        if (count > 0)
            Log.Recovered(_logger, count, app.App.Id);
    }

    private void Resume(Instance instance)
    {
        foreach (var entry in Unanswered(instance.State, Entry.TaskScheduled))
            Dispatch(instance, entry);
        foreach (var entry in Unanswered(instance.State, Entry.TimerCreated))
            SetTimer(instance, entry);
        ScheduleStart(instance);
        instance.App.Evict(instance);
    }
}
