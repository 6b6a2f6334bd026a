using Platform.DurableTask;
using Entry = Platform.DurableTask.HistoryEvent.EventTypeOneofCase;
using Kind = Platform.DurableTask.WorkflowAction.WorkflowActionTypeOneofCase;

namespace Dapr.Workflow.Worker.Replay;

/// <summary>
/// What the code asked for, numbered in order: what history has not recorded yet goes to the engine at the end of the turn, and who
/// waits for an answer is found by the number.
/// </summary>
internal sealed class ActionLedger
{
    private readonly SortedDictionary<int, WorkflowAction> _pending = [];
    private readonly Dictionary<int, Action<HistoryEvent>> _waiting = [];
    private int _next;

    /// <summary>Asked for and not recorded, by number.</summary>
    public IEnumerable<WorkflowAction> Pending => _pending.Values;

    public bool HasWaiting => _waiting.Count > 0;

    /// <summary>The number that the next action gets.</summary>
    public int NextId => _next;

    public int Add(WorkflowAction action, Action<HistoryEvent>? resolved = null)
    {
        action.Id = _next++;
        _pending.Add(action.Id, action);
        if (resolved is not null)
            _waiting.Add(action.Id, resolved);
        return action.Id;
    }

    public void StopWaiting(int id) => _waiting.Remove(id);

    /// <summary>An answer without a waiter is a duplicate or came too late.</summary>
    public void Resolve(int id, HistoryEvent answer)
    {
        if (_waiting.Remove(id, out var resolved))
            resolved(answer);
    }

    /// <summary>History says that the engine took this action over earlier.</summary>
    /// <exception cref="NonDeterministicWorkflowException">The code asked for something else at this place.</exception>
    public void Confirm(HistoryEvent recorded)
    {
        if (_pending.Remove(recorded.EventId, out var action) && Describe(action) == Describe(recorded))
            return;
        throw new NonDeterministicWorkflowException(recorded.EventId, Describe(recorded), action is null ? "nothing" : Describe(action));
    }

    private static string Describe(WorkflowAction action) => action.WorkflowActionTypeCase switch
    {
        Kind.ScheduleTask => $"activity '{action.ScheduleTask.Name}'",
        Kind.CreateChildWorkflow => $"child workflow '{action.CreateChildWorkflow.Name}'",
        Kind.CreateTimer => "a timer",
        Kind.SendEvent => $"event '{action.SendEvent.Name}'",
        var other => other.ToString(),
    };

    private static string Describe(HistoryEvent recorded) => recorded.EventTypeCase switch
    {
        Entry.TaskScheduled => $"activity '{recorded.TaskScheduled.Name}'",
        Entry.ChildWorkflowInstanceCreated => $"child workflow '{recorded.ChildWorkflowInstanceCreated.Name}'",
        Entry.TimerCreated => "a timer",
        Entry.EventSent => $"event '{recorded.EventSent.Name}'",
        var other => other.ToString(),
    };
}
