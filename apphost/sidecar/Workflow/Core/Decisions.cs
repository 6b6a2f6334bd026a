using Platform.DurableTask;

namespace Platform.Sidecar.Workflow.Core;

/// <summary>What has to happen outside of an instance because of a turn, once the turn is durable.</summary>
internal sealed class Decisions
{
    /// <summary>Recorded TaskScheduled events whose activities are to run.</summary>
    public List<HistoryEvent> Activities { get; } = [];

    /// <summary>Recorded TimerCreated events whose timers are to be set.</summary>
    public List<HistoryEvent> Timers { get; } = [];

    /// <summary>Events for other instances: durable together with the turn.</summary>
    public List<Message> Messages { get; } = [];

    /// <summary>No worker has the right code; the inbox waits.</summary>
    public bool Stalled { get; set; }

    public void Clear()
    {
        Activities.Clear();
        Timers.Clear();
        Messages.Clear();
    }
}

/// <summary>An event on its way to an instance.</summary>
/// <param name="ExecutionId">The execution that it is meant for; null for whichever there is.</param>
internal sealed record Message(string AppId, string InstanceId, HistoryEvent Event, string? ExecutionId = null)
{
    /// <summary>History that goes with the start of a child.</summary>
    public PropagatedHistory? Propagated { get; init; }
}
