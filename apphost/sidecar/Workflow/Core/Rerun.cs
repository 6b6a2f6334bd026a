using Grpc.Core;
using Platform.DurableTask;
using Entry = Platform.DurableTask.HistoryEvent.EventTypeOneofCase;

namespace Platform.Sidecar.Workflow.Core;

/// <summary>Builds an instance that repeats a finished one up to an event and does that event again.</summary>
internal static class Rerun
{
    /// <exception cref="RpcException">The event is not there, or cannot be done again.</exception>
    public static (InstanceState State, IReadOnlyList<Message> Children) Build(
        InstanceState source, RerunWorkflowFromEventRequest request, string newId, DateTimeOffset now)
    {
        var id = (int)request.EventID;
        var target = source.History.FindIndex(entry => entry.EventId == id && entry.EventTypeCase != Entry.ExecutionCompleted);
        if (target < 0)
            throw Missing($"'{source.InstanceId}' does not have history event with ID '{id}'");
        if (!source.History[target].IsAsked())
            throw Missing($"target event '{source.History[target].EventTypeCase}' with ID '{id}' is not an event that can be rerun");
        if (request.OverwriteInput && source.History[target].EventTypeCase == Entry.TimerCreated)
            throw new RpcException(new Status(StatusCode.InvalidArgument, "cannot write input to timer event"));

        var past = source.History.Take(target).ToList();
        var answered = past.Select(entry => entry.Answers()).OfType<int>().ToHashSet();
        var again = past.Where(entry => entry.IsAsked() && !answered.Contains(entry.EventId)).Append(source.History[target]);
        var kept = past.Where(entry => !entry.IsAsked() || answered.Contains(entry.EventId));

        var state = new InstanceState(source.AppId, newId);
        state.History.AddRange(kept.Select(entry => Copy(entry, newId)));
        var children = new List<Message>();
        foreach (var entry in again)
            state.History.Add(Again(entry, source, request, state, children, now));
        return (state, children);
    }

    private static HistoryEvent Copy(HistoryEvent entry, string newId)
    {
        var copy = entry.Clone();
        if (copy.EventTypeCase == Entry.ExecutionStarted)
            copy.ExecutionStarted.WorkflowInstance = new WorkflowInstance { InstanceId = newId, ExecutionId = Guid.CreateVersion7().ToString() };
        return copy;
    }

    private static HistoryEvent Again(
        HistoryEvent entry, InstanceState source, RerunWorkflowFromEventRequest request, InstanceState state, List<Message> children, DateTimeOffset now)
    {
        var copy = entry.Clone();
        var isTarget = entry.EventId == request.EventID;
        var origin = isTarget ? new RerunParentInstanceInfo { InstanceID = source.InstanceId } : null;
        switch (copy.EventTypeCase)
        {
            case Entry.TaskScheduled:
                copy.TaskScheduled.RerunParentInstanceInfo = origin;
                if (isTarget && request.OverwriteInput)
                    copy.TaskScheduled.Input = request.Input;
                break;
            case Entry.TimerCreated:
                copy.TimerCreated.RerunParentInstanceInfo = origin;
                break;
            default:
                copy.ChildWorkflowInstanceCreated.RerunParentInstanceInfo = origin;
                copy.ChildWorkflowInstanceCreated.InstanceId = isTarget && request.HasNewChildWorkflowInstanceID
                    ? request.NewChildWorkflowInstanceID
                    : $"{state.InstanceId}:{entry.EventId:x4}";
                if (isTarget && request.OverwriteInput)
                    copy.ChildWorkflowInstanceCreated.Input = request.Input;
                children.Add(Child(copy, state, now));
                break;
        }

        return copy;
    }

    private static Message Child(HistoryEvent created, InstanceState state, DateTimeOffset now)
    {
        var child = created.ChildWorkflowInstanceCreated;
        var started = HistoryEvents.New(now);
        started.Router = created.Router?.Clone() ?? new TaskRouter { SourceAppID = state.AppId };
        started.ExecutionStarted = new ExecutionStartedEvent
        {
            Name = child.Name,
            Version = child.Version,
            Input = child.Input,
            WorkflowInstance = new WorkflowInstance { InstanceId = child.InstanceId, ExecutionId = Guid.CreateVersion7().ToString() },
            ParentInstance = new ParentInstanceInfo
            {
                TaskScheduledId = created.EventId,
                Name = state.Started?.Name,
                WorkflowInstance = new WorkflowInstance { InstanceId = state.InstanceId, ExecutionId = state.ExecutionId },
                AppID = state.AppId,
            },
            ParentTraceContext = child.ParentTraceContext,
        };
        var app = created.Router.TargetOr(state.AppId);
        return new Message(app, child.InstanceId, started);
    }

    private static RpcException Missing(string message) => new(new Status(StatusCode.NotFound, message));
}
