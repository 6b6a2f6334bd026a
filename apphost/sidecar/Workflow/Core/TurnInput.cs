using Platform.DurableTask;
using Entry = Platform.DurableTask.HistoryEvent.EventTypeOneofCase;

namespace Platform.Sidecar.Workflow.Core;

/// <summary>What one turn looks at: the inbox as it was, without what history makes void.</summary>
/// <param name="Events">The turn's own start and the events that count.</param>
/// <param name="Consumed">How many events of the inbox the turn takes, void ones included.</param>
internal sealed record TurnInput(IReadOnlyList<HistoryEvent> Events, int Consumed)
{
    /// <summary>Whether there is anything to run for.</summary>
    public bool IsVoid => Events.Count <= 1;

    public bool Terminates => Terminated is not null;

    public ExecutionTerminatedEvent? Terminated =>
        Events.LastOrDefault(entry => entry.EventTypeCase == Entry.ExecutionTerminated)?.ExecutionTerminated;

    public static TurnInput Of(InstanceState state, DateTimeOffset now)
    {
        var begun = HistoryEvents.New(now);
        begun.WorkflowStarted = new WorkflowStartedEvent();
        var events = new List<HistoryEvent>(state.Inbox.Count + 1) { begun };

        var started = state.History.Exists(entry => entry.EventTypeCase == Entry.ExecutionStarted);
        var open = state.History.Where(entry => entry.IsAsked()).Select(entry => entry.EventId).ToHashSet();
        open.ExceptWith(state.History.Select(entry => entry.Answers()).OfType<int>());

        foreach (var entry in state.Inbox)
        {
            if (entry.Answers() is { } answered ? open.Remove(answered) : entry.EventTypeCase != Entry.ExecutionStarted || !started)
                events.Add(entry);
            started |= entry.EventTypeCase == Entry.ExecutionStarted;
        }

        return new TurnInput(events, state.Inbox.Count);
    }
}
