using Platform.DurableTask;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Workflow.Core;
using Platform.Sidecar.Workflow.Dispatch;
using Entry = Platform.DurableTask.HistoryEvent.EventTypeOneofCase;

namespace Platform.Sidecar.Workflow.Engine;

/// <summary>
/// Moves instances on. All state is in memory under one lock and becomes durable by the journal; what an instance decided leaves the
/// engine only when the decision is durable. After a crash the store alone is enough to go on.
/// </summary>
internal sealed partial class WorkflowEngine : IAsyncDisposable
{
    /// <summary>An instance that starts over this often without anything happening in between takes a breath.</summary>
    private const int MostStartOvers = 20;

    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, AppWorkflows> _apps = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Journal _journal;
    private readonly TimerQueue _timers;
    private readonly TimeProvider _time;
    private readonly ILogger<WorkflowEngine> _logger;

    public WorkflowEngine(TimeProvider time, ILogger<WorkflowEngine> logger)
    {
        _time = time;
        _logger = logger;
        _journal = new Journal(Gate, time, logger);
        _timers = new TimerQueue(time, Gate);
    }

    /// <summary>Guards everything in memory; never held while waiting.</summary>
    public Lock Gate { get; } = new();

    public DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>Null for an app without a store for actors.</summary>
    public AppWorkflows? Of(string appId) => _apps.GetValueOrDefault(appId);

    public async ValueTask DisposeAsync()
    {
        _timers.Dispose();
        await _journal.DisposeAsync();
    }

    /// <summary>Reads an instance into memory, runs a step under the lock and returns what it returns.</summary>
    public async Task<T> With<T>(AppWorkflows app, string id, Func<Instance, T> step)
    {
        if (!InstanceIds.IsValid(id))
            throw WorkflowErrors.BadId();
        await _ready.Task;
        while (true)
        {
            lock (Gate)
            {
                if (app.Find(id) is { } instance)
                {
                    var result = step(instance);
                    app.Evict(instance);
                    return result;
                }
            }

            await app.Load(id, Gate);
        }
    }

    /// <summary>Under the lock: gives an event to an instance that can still use it. The task ends when that is durable.</summary>
    public Task Deliver(Instance instance, HistoryEvent entry)
    {
        if (!instance.IsOpen)
            return Task.CompletedTask;
        instance.State.Inbox.Add(entry);
        Schedule(instance);
        return _journal.Add(instance);
    }

    /// <summary>Under the lock: begins an instance, or the id's next life when the last one is over.</summary>
    public Task Begin(Instance instance, HistoryEvent started, PropagatedHistory? propagated)
    {
        if (instance.State.Exists)
        {
            instance.State.Generation++;
            Clear(instance);
        }

        instance.State.Propagated = propagated;
        instance.State.Inbox.Add(started);
        ScheduleStart(instance);
        return _journal.Add(instance);
    }

    /// <summary>Under the lock: nothing is left of the instance.</summary>
    public Task Purge(Instance instance)
    {
        Clear(instance);
        return _journal.Add(instance);
    }

    /// <summary>Under the lock: an instance made elsewhere, by a rerun, goes on from where its state stands.</summary>
    public Task Adopt(Instance instance, InstanceState state)
    {
        instance.State.History.AddRange(state.History);
        instance.State.Inbox.AddRange(state.Inbox);
        instance.DueActivities.AddRange(Unanswered(state, Entry.TaskScheduled));
        instance.DueTimers.AddRange(Unanswered(state, Entry.TimerCreated));
        Schedule(instance);
        return _journal.Add(instance);
    }

    private void Schedule(Instance instance)
    {
        var state = instance.State;
        if (instance.Turn is not null || instance.Paused || instance.Holds > 0 || state.Inbox.Count == 0 || !instance.IsOpen)
            return;
        if (state.ScheduledStart > Now && !state.Inbox.Exists(entry => entry.EventTypeCase == Entry.ExecutionTerminated))
            return;
        instance.Turn = new TurnWork(instance);
        instance.App.Queue.Add(instance.Turn);
    }

    private void ScheduleStart(Instance instance)
    {
        if (instance.State.ScheduledStart is { } start && start > Now)
            At(start, instance, Schedule);
        else
            Schedule(instance);
    }

    private void Pause(Instance instance)
    {
        instance.Paused = true;
        _timers.Add(Now + Breath, () => Unpause(instance));
    }

    private void Unpause(Instance instance)
    {
        instance.Paused = false;
        instance.StartOvers = 0;
        Schedule(instance);
    }

    private void Clear(Instance instance)
    {
        if (instance.Turn is { } turn)
            WorkQueue.Done(turn);
        instance.Turn = null;
        DropActivities(instance);
        instance.DueActivities.Clear();
        instance.DueTimers.Clear();
        instance.Paused = false;
        instance.StartOvers = 0;
        instance.State.History.Clear();
        instance.State.Inbox.Clear();
        instance.State.CustomStatus = null;
        instance.State.Propagated = null;
    }

    private static IEnumerable<HistoryEvent> Unanswered(InstanceState state, Entry type) =>
        state.Unanswered().Where(entry => entry.EventTypeCase == type);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A turn of workflow {InstanceId} could not be taken over and will run again: {Reason}")]
        public static partial void TurnFailed(ILogger logger, string instanceId, string reason);

        [LoggerMessage(LogLevel.Error, "Workflow {InstanceId} called the app {AppId}, which this sidecar does not know")]
        public static partial void AppUnknown(ILogger logger, string instanceId, string appId);

        [LoggerMessage(LogLevel.Error, "Workflow {InstanceId} sent something to the app {AppId} that has no receiver there")]
        public static partial void NotDelivered(ILogger logger, string instanceId, string appId);

        [LoggerMessage(LogLevel.Information, "{Count} open workflows of {AppId} go on")]
        public static partial void Recovered(ILogger logger, int count, string appId);

        [LoggerMessage(LogLevel.Error, "A step of workflow {InstanceId} failed")]
        public static partial void StepFailed(ILogger logger, Exception failure, string instanceId);
    }
}
