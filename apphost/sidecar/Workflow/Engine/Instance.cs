using Platform.DurableTask;
using Platform.Sidecar.Workflow.Core;
using Platform.Sidecar.Workflow.Dispatch;
using Platform.Sidecar.Workflow.Storage;

namespace Platform.Sidecar.Workflow.Engine;

/// <summary>An instance in memory. Guarded by the engine's lock.</summary>
internal sealed class Instance(AppWorkflows app, InstanceState state)
{
    private TaskCompletionSource _changed = NewSource();
    private TaskCompletionSource? _flushed;

    public AppWorkflows App => app;
    public InstanceState State => state;
    public InstanceImage Image { get; } = InstanceImage.Of(state);

    /// <summary>The turn that waits or runs; one at a time.</summary>
    public TurnWork? Turn { get; set; }

    /// <summary>Activities that wait or run, by their number.</summary>
    public Dictionary<int, ActivityWork> Activities { get; } = [];

    /// <summary>What follows from turns that are not durable yet.</summary>
    public List<HistoryEvent> DueActivities { get; private set; } = [];

    public List<HistoryEvent> DueTimers { get; private set; } = [];

    /// <summary>Calls and waits that need the instance in memory.</summary>
    public int Pins { get; set; }

    /// <summary>Messages on their way to instances that are being read: nothing is written until they are delivered, and then all at once.</summary>
    public int Holds { get; set; }

    /// <summary>No turn until something outside changes: another worker connects, or a pause ends.</summary>
    public bool Paused { get; set; }

    /// <summary>How often in a row it started over.</summary>
    public int StartOvers { get; set; }

    /// <summary>The status that survives a crash; null where there is none.</summary>
    public OrchestrationStatus? DurableStatus { get; private set; } = state.Exists ? state.Status : null;

    /// <summary>Ends with the next change of what is durable.</summary>
    public Task Changed => _changed.Task;

    public bool IsDirty => _flushed is not null;

    /// <summary>Its rows are being written: who read them now would find some of before and some of after.</summary>
    public bool IsBeingWritten { get; private set; }

    /// <summary>Whether it may leave memory: nothing is going on that only memory knows.</summary>
    public bool IsIdle => !IsDirty && !IsBeingWritten && Turn is null && Activities.Count == 0 && Pins == 0 && Holds == 0 && !Paused;

    public bool IsOpen => state.Exists && state.Completed is null;

    /// <summary>Ends when all that is in memory now is durable.</summary>
    public Task MarkDirty() => (_flushed ??= NewSource()).Task;

    /// <summary>Takes what is to be told and done when the present state is durable.</summary>
    public Flush BeginFlush()
    {
        var flush = new Flush(this, _flushed!, state.Exists ? state.Status : null, state.ExecutionId, DueActivities, DueTimers);
        _flushed = null;
        IsBeingWritten = true;
        (DueActivities, DueTimers) = ([], []);
        return flush;
    }

    public void EndFlush(OrchestrationStatus? status)
    {
        DurableStatus = status;
        IsBeingWritten = false;
        var changed = _changed;
        _changed = NewSource();
        changed.SetResult();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>One instance's part in a write.</summary>
internal sealed record Flush(
    Instance Instance,
    TaskCompletionSource Flushed,
    OrchestrationStatus? Status,
    string ExecutionId,
    IReadOnlyList<HistoryEvent> Activities,
    IReadOnlyList<HistoryEvent> Timers);
