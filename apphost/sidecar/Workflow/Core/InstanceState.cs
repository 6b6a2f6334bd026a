using Platform.DurableTask;
using Entry = Platform.DurableTask.HistoryEvent.EventTypeOneofCase;

namespace Platform.Sidecar.Workflow.Core;

/// <summary>What is known about one workflow instance: what happened, and what arrived and has not been looked at.</summary>
internal sealed class InstanceState(string appId, string instanceId)
{
    public string AppId { get; } = appId;
    public string InstanceId { get; } = instanceId;

    /// <summary>Everything that turns took over, in order.</summary>
    public List<HistoryEvent> History { get; init; } = [];

    /// <summary>What waits for the next turn, in order of arrival.</summary>
    public List<HistoryEvent> Inbox { get; init; } = [];

    public string? CustomStatus { get; set; }

    /// <summary>Counts the histories that this id has had.</summary>
    public ulong Generation { get; set; } = 1;

    /// <summary>What the parent passed on of its own history.</summary>
    public PropagatedHistory? Propagated { get; set; }

    public bool Exists => History.Count > 0 || Inbox.Count > 0;

    public ExecutionStartedEvent? Started => StartedEntry?.ExecutionStarted;

    public HistoryEvent? StartedEntry => First(History, Entry.ExecutionStarted) ?? First(Inbox, Entry.ExecutionStarted);

    public string ExecutionId => Started?.WorkflowInstance?.ExecutionId ?? "";

    /// <summary>The last event but for a stall, so that the end is found without a search.</summary>
    public ExecutionCompletedEvent? Completed => History.Count > 0 ? History[^1].ExecutionCompleted : null;

    public bool IsStalled => History.Count > 0 && History[^1].EventTypeCase == Entry.ExecutionStalled;

    /// <summary>The moment before which a new instance does not begin.</summary>
    public DateTimeOffset? ScheduledStart =>
        History.Count == 0 && Started?.ScheduledStartTimestamp is { } start ? start.ToDateTimeOffset() : null;

    public OrchestrationStatus Status =>
        Completed is { } completed ? completed.WorkflowStatus
        : IsStalled ? OrchestrationStatus.Stalled
        : IsSuspended ? OrchestrationStatus.Suspended
        : History.Count > 0 || Generation > 1 ? OrchestrationStatus.Running
        : OrchestrationStatus.Pending;

    private bool IsSuspended =>
        History.FindLast(entry => entry.EventTypeCase is Entry.ExecutionSuspended or Entry.ExecutionResumed)?.EventTypeCase == Entry.ExecutionSuspended;

    private static HistoryEvent? First(List<HistoryEvent> events, Entry type) => events.Find(entry => entry.EventTypeCase == type);
}
