using Google.Protobuf.WellKnownTypes;
using Platform.DurableTask;
using Entry = Platform.DurableTask.HistoryEvent.EventTypeOneofCase;

namespace Platform.Sidecar.Workflow.Core;

/// <summary>Makes and reads history events.</summary>
internal static class HistoryEvents
{
    /// <summary>The number of events that no action of the workflow made.</summary>
    public const int Unnumbered = -1;

    /// <summary>9999-12-31: a timer that is recorded and never fires.</summary>
    private const long Never = 253402214400;

    public static HistoryEvent New(DateTimeOffset now, int id = Unnumbered) => new() { EventId = id, Timestamp = Timestamp.FromDateTimeOffset(now) };

    /// <summary>What the event answers: the number of the activity, child or timer.</summary>
    public static int? Answers(this HistoryEvent entry) => entry.EventTypeCase switch
    {
        Entry.TaskCompleted => entry.TaskCompleted.TaskScheduledId,
        Entry.TaskFailed => entry.TaskFailed.TaskScheduledId,
        Entry.ChildWorkflowInstanceCompleted => entry.ChildWorkflowInstanceCompleted.TaskScheduledId,
        Entry.ChildWorkflowInstanceFailed => entry.ChildWorkflowInstanceFailed.TaskScheduledId,
        Entry.TimerFired => entry.TimerFired.TimerId,
        _ => null,
    };

    /// <summary>Whether the event is something that an answer may come to.</summary>
    public static bool IsAsked(this HistoryEvent entry) =>
        entry.EventTypeCase is Entry.TaskScheduled or Entry.TimerCreated or Entry.ChildWorkflowInstanceCreated;

    /// <summary>Activities, timers and children that no answer came to, in order.</summary>
    public static IReadOnlyList<HistoryEvent> Unanswered(this InstanceState state)
    {
        var open = new Dictionary<int, HistoryEvent>();
        foreach (var entry in state.History.Concat(state.Inbox))
        {
            if (entry.IsAsked())
                open[entry.EventId] = entry;
            else if (entry.Answers() is { } answered)
                open.Remove(answered);
        }

        return [.. open.Values.OrderBy(entry => entry.EventId)];
    }

    /// <summary>Null for a timer that never fires.</summary>
    public static DateTimeOffset? DueAt(this TimerCreatedEvent timer) => timer.FireAt is { Seconds: < Never } fireAt ? fireAt.ToDateTimeOffset() : null;

    public static HistoryEvent Fired(this HistoryEvent timer, DateTimeOffset now)
    {
        var fired = New(now);
        fired.TimerFired = new TimerFiredEvent { TimerId = timer.EventId, FireAt = timer.TimerCreated.FireAt };
        return fired;
    }

    /// <summary>Appends an event to the history, to be filled by the caller.</summary>
    public static HistoryEvent Record(this InstanceState state, int id, DateTimeOffset now, TaskRouter? router = null)
    {
        var entry = New(now, id);
        entry.Router = router;
        state.History.Add(entry);
        return entry;
    }

    /// <summary>The app that a router names, else the given one.</summary>
    public static string TargetOr(this TaskRouter? router, string appId) =>
        router is { HasTargetAppID: true, TargetAppID.Length: > 0 } ? router.TargetAppID : appId;
}
