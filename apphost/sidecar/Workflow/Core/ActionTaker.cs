using Platform.DurableTask;
using Kind = Platform.DurableTask.WorkflowAction.WorkflowActionTypeOneofCase;

namespace Platform.Sidecar.Workflow.Core;

/// <summary>Records what a workflow asked for in its history, and notes what has to be done about it.</summary>
internal sealed class ActionTaker(InstanceState state, ExecutionStartedEvent started, Decisions decisions, DateTimeOffset now)
{
    public void Take(IEnumerable<WorkflowAction> actions)
    {
        foreach (var action in actions)
        {
            switch (action.WorkflowActionTypeCase)
            {
                case Kind.ScheduleTask:
                    ScheduleActivity(action);
                    break;
                case Kind.CreateTimer:
                    CreateTimer(action);
                    break;
                case Kind.CreateChildWorkflow:
                    CreateChild(action);
                    break;
                case Kind.CreateDetachedWorkflow:
                    CreateDetached(action);
                    break;
                case Kind.SendEvent:
                    SendEvent(action);
                    break;
                case Kind.TerminateWorkflow:
                    TerminateOther(action.TerminateWorkflow);
                    break;
            }
        }
    }

    private void ScheduleActivity(WorkflowAction action)
    {
        var task = action.ScheduleTask;
        var entry = state.Record(action.Id, now, RouterOf(action, task.Router));
        entry.TaskScheduled = new TaskScheduledEvent
        {
            Name = task.Name,
            Version = task.Version,
            Input = task.Input,
            TaskExecutionId = task.TaskExecutionId,
            ParentTraceContext = started.ParentTraceContext,
        };
        if (task.HasHistoryPropagationScope)
            entry.TaskScheduled.HistoryPropagationScope = task.HistoryPropagationScope;
        decisions.Activities.Add(entry);
    }

    private void CreateTimer(WorkflowAction action)
    {
        var timer = action.CreateTimer;
        var created = new TimerCreatedEvent { FireAt = timer.FireAt };
        if (timer.HasName)
            created.Name = timer.Name;
        switch (timer.OriginCase)
        {
            case CreateTimerAction.OriginOneofCase.CreateTimer:
                created.CreateTimer = timer.CreateTimer;
                break;
            case CreateTimerAction.OriginOneofCase.ExternalEvent:
                created.ExternalEvent = timer.ExternalEvent;
                break;
            case CreateTimerAction.OriginOneofCase.ActivityRetry:
                created.ActivityRetry = timer.ActivityRetry;
                break;
            case CreateTimerAction.OriginOneofCase.ChildWorkflowRetry:
                created.ChildWorkflowRetry = timer.ChildWorkflowRetry;
                break;
        }

        var entry = state.Record(action.Id, now);
        entry.TimerCreated = created;
        decisions.Timers.Add(entry);
    }

    private void CreateChild(WorkflowAction action)
    {
        var child = action.CreateChildWorkflow;
        var id = child.InstanceId.Length > 0 ? child.InstanceId : $"{state.InstanceId}:{action.Id:x4}";
        var router = RouterOf(action, child.Router);
        var entry = state.Record(action.Id, now, router);
        entry.ChildWorkflowInstanceCreated = new ChildWorkflowInstanceCreatedEvent
        {
            InstanceId = id,
            Name = child.Name,
            Version = child.Version,
            Input = child.Input,
            ParentTraceContext = started.ParentTraceContext,
        };

        var begun = HistoryEvents.New(now);
        begun.Router = router?.Clone() ?? new TaskRouter { SourceAppID = state.AppId };
        begun.ExecutionStarted = new ExecutionStartedEvent
        {
            Name = child.Name,
            Version = child.Version,
            Input = child.Input,
            WorkflowInstance = new WorkflowInstance { InstanceId = id, ExecutionId = Guid.CreateVersion7().ToString() },
            ParentInstance = AsParent(action.Id),
            ParentTraceContext = started.ParentTraceContext,
        };
        var scope = child.HasHistoryPropagationScope ? child.HistoryPropagationScope : HistoryPropagationScope.None;
        decisions.Messages.Add(new Message(router.TargetOr(state.AppId), id, begun) { Propagated = Propagation.Of(state, scope) });
    }

    private void CreateDetached(WorkflowAction action)
    {
        var detached = action.CreateDetachedWorkflow;
        var router = RouterOf(action, detached.Router);
        state.Record(action.Id, now, router).DetachedWorkflowInstanceCreated = new DetachedWorkflowInstanceCreatedEvent { InstanceId = detached.InstanceId };

        var begun = HistoryEvents.New(now);
        begun.Router = router?.Clone() ?? new TaskRouter { SourceAppID = state.AppId };
        begun.ExecutionStarted = new ExecutionStartedEvent
        {
            Name = detached.Name,
            Version = detached.Version,
            Input = detached.Input,
            WorkflowInstance = new WorkflowInstance
            {
                InstanceId = detached.InstanceId,
                ExecutionId = detached.ExecutionId ?? Guid.CreateVersion7().ToString(),
            },
            ScheduledStartTimestamp = detached.ScheduledStartTimestamp,
            ParentTraceContext = detached.ParentTraceContext ?? started.ParentTraceContext,
            Tags = { detached.Tags },
        };
        decisions.Messages.Add(new Message(router.TargetOr(state.AppId), detached.InstanceId, begun));
    }

    private void SendEvent(WorkflowAction action)
    {
        var sent = action.SendEvent;
        var target = sent.Instance?.InstanceId ?? "";
        state.Record(action.Id, now, action.Router).EventSent = new EventSentEvent { InstanceId = target, Name = sent.Name, Input = sent.Data };
        var raised = HistoryEvents.New(now);
        raised.EventRaised = new EventRaisedEvent { Name = sent.Name, Input = sent.Data };
        decisions.Messages.Add(new Message(action.Router.TargetOr(state.AppId), target, raised));
    }

    private void TerminateOther(TerminateWorkflowAction terminate)
    {
        var terminated = HistoryEvents.New(now);
        terminated.ExecutionTerminated = new ExecutionTerminatedEvent { Input = terminate.Reason, Recurse = terminate.Recurse };
        decisions.Messages.Add(new Message(state.AppId, terminate.InstanceId, terminated));
    }

    private TaskRouter? RouterOf(WorkflowAction action, TaskRouter? own)
    {
        var router = (own ?? action.Router)?.Clone();
        router?.SourceAppID = state.AppId;
        return router;
    }

    private ParentInstanceInfo AsParent(int taskId) => new()
    {
        TaskScheduledId = taskId,
        Name = started.Name,
        WorkflowInstance = new WorkflowInstance { InstanceId = state.InstanceId, ExecutionId = state.ExecutionId },
        AppID = state.AppId,
    };
}
