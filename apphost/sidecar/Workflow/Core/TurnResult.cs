using Platform.DurableTask;
using Entry = Platform.DurableTask.HistoryEvent.EventTypeOneofCase;
using Kind = Platform.DurableTask.WorkflowAction.WorkflowActionTypeOneofCase;

namespace Platform.Sidecar.Workflow.Core;

/// <summary>Takes a worker's answer to a turn into the instance's state and says what follows from it. Pure but for new execution ids.</summary>
internal sealed class TurnResult
{
    private readonly InstanceState _state;
    private readonly TurnInput _turn;
    private readonly DateTimeOffset _now;
    private readonly Decisions _decisions = new();
    private readonly ExecutionStartedEvent _started;
    private CompleteWorkflowAction? _completion;
    private int _completionId = HistoryEvents.Unnumbered;

    private TurnResult(InstanceState state, TurnInput turn, ExecutionStartedEvent started, DateTimeOffset now)
    {
        _state = state;
        _turn = turn;
        _started = started;
        _now = now;
    }

    /// <exception cref="InvalidOperationException">The answer makes no sense; nothing was changed.</exception>
    public static Decisions Apply(InstanceState state, TurnInput turn, WorkflowResponse response, DateTimeOffset now)
    {
        var started = state.Started ?? throw new InvalidOperationException("the instance has not been started");
        if (Stall.Find(state, response) is { } stall)
            return stall.Apply(state, now);
        return new TurnResult(state, turn, started, now).Apply(response);
    }

    private Decisions Apply(WorkflowResponse response)
    {
        RemoveStall();
        Patches.Store(_state, _turn, response);
        _state.History.AddRange(_turn.Events);
        _state.Inbox.RemoveRange(0, _turn.Consumed);
        _state.CustomStatus = response.CustomStatus ?? _state.CustomStatus;

        FindCompletion(response);
        if (_turn.Terminates && _completion is null)
            Terminate();
        else
            ApplyActions(response);

        if (_completion?.WorkflowStatus == OrchestrationStatus.ContinuedAsNew)
            StartOver(_completion);
        else if (_completion is not null)
            Complete(_completion);
        return _decisions;
    }

    /// <summary>The first completion counts, and termination stops an instance from starting over.</summary>
    private void FindCompletion(WorkflowResponse response)
    {
        var first = response.Actions.FirstOrDefault(action => action.WorkflowActionTypeCase == Kind.CompleteWorkflow
            && !(_turn.Terminates && action.CompleteWorkflow.WorkflowStatus == OrchestrationStatus.ContinuedAsNew));
        (_completion, _completionId) = (first?.CompleteWorkflow, first?.Id ?? HistoryEvents.Unnumbered);
    }

    private void Terminate() => _completion = new CompleteWorkflowAction
    {
        WorkflowStatus = OrchestrationStatus.Terminated,
        Result = _turn.Terminated!.Input,
    };

    private void ApplyActions(WorkflowResponse response)
    {
        foreach (var action in response.Actions)
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
        var entry = Record(action.Id, RouterOf(action, task.Router));
        entry.TaskScheduled = new TaskScheduledEvent
        {
            Name = task.Name,
            Version = task.Version,
            Input = task.Input,
            TaskExecutionId = task.TaskExecutionId,
            ParentTraceContext = _started.ParentTraceContext,
        };
        if (task.HasHistoryPropagationScope)
            entry.TaskScheduled.HistoryPropagationScope = task.HistoryPropagationScope;
        _decisions.Activities.Add(entry);
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

        var entry = Record(action.Id);
        entry.TimerCreated = created;
        _decisions.Timers.Add(entry);
    }

    private void CreateChild(WorkflowAction action)
    {
        var child = action.CreateChildWorkflow;
        var id = child.InstanceId.Length > 0 ? child.InstanceId : $"{_state.InstanceId}:{action.Id:x4}";
        var router = RouterOf(action, child.Router);
        var entry = Record(action.Id, router);
        entry.ChildWorkflowInstanceCreated = new ChildWorkflowInstanceCreatedEvent
        {
            InstanceId = id,
            Name = child.Name,
            Version = child.Version,
            Input = child.Input,
            ParentTraceContext = _started.ParentTraceContext,
        };

        var started = HistoryEvents.New(_now);
        started.Router = router?.Clone() ?? new TaskRouter { SourceAppID = _state.AppId };
        started.ExecutionStarted = new ExecutionStartedEvent
        {
            Name = child.Name,
            Version = child.Version,
            Input = child.Input,
            WorkflowInstance = new WorkflowInstance { InstanceId = id, ExecutionId = Guid.CreateVersion7().ToString() },
            ParentInstance = AsParent(action.Id),
            ParentTraceContext = _started.ParentTraceContext,
        };
        var scope = child.HasHistoryPropagationScope ? child.HistoryPropagationScope : HistoryPropagationScope.None;
        _decisions.Messages.Add(new Message(TargetOf(router), id, started) { Propagated = Propagation.Of(_state, scope) });
    }

    private void CreateDetached(WorkflowAction action)
    {
        var detached = action.CreateDetachedWorkflow;
        var router = RouterOf(action, detached.Router);
        Record(action.Id, router).DetachedWorkflowInstanceCreated = new DetachedWorkflowInstanceCreatedEvent { InstanceId = detached.InstanceId };

        var started = HistoryEvents.New(_now);
        started.Router = router?.Clone() ?? new TaskRouter { SourceAppID = _state.AppId };
        started.ExecutionStarted = new ExecutionStartedEvent
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
            ParentTraceContext = detached.ParentTraceContext ?? _started.ParentTraceContext,
            Tags = { detached.Tags },
        };
        _decisions.Messages.Add(new Message(TargetOf(router), detached.InstanceId, started));
    }

    private void SendEvent(WorkflowAction action)
    {
        var sent = action.SendEvent;
        var target = sent.Instance?.InstanceId ?? "";
        Record(action.Id, action.Router).EventSent = new EventSentEvent { InstanceId = target, Name = sent.Name, Input = sent.Data };
        var raised = HistoryEvents.New(_now);
        raised.EventRaised = new EventRaisedEvent { Name = sent.Name, Input = sent.Data };
        _decisions.Messages.Add(new Message(TargetOf(action.Router), target, raised));
    }

    private void TerminateOther(TerminateWorkflowAction terminate)
    {
        var terminated = HistoryEvents.New(_now);
        terminated.ExecutionTerminated = new ExecutionTerminatedEvent { Input = terminate.Reason, Recurse = terminate.Recurse };
        _decisions.Messages.Add(new Message(_state.AppId, terminate.InstanceId, terminated));
    }

    private void StartOver(CompleteWorkflowAction completion)
    {
        var started = HistoryEvents.New(_now);
        started.Router = _state.StartedEntry?.Router?.Clone();
        started.ExecutionStarted = _started.Clone();
        started.ExecutionStarted.Input = completion.Result;
        started.ExecutionStarted.ScheduledStartTimestamp = null;
        started.ExecutionStarted.WorkflowInstance = new WorkflowInstance
        {
            InstanceId = _state.InstanceId,
            ExecutionId = Guid.CreateVersion7().ToString(),
        };
        // Answers to the old history mean nothing to the new one.
        _state.Inbox.RemoveAll(entry => entry.Answers() is not null);
        _state.Inbox.InsertRange(0, [started, .. completion.CarryoverEvents]);
        _state.History.Clear();
        _state.Generation++;
        _decisions.Timers.Clear();
        _decisions.Activities.Clear();
    }

    private void Complete(CompleteWorkflowAction completion)
    {
        Record(_completionId).ExecutionCompleted = new ExecutionCompletedEvent
        {
            WorkflowStatus = completion.WorkflowStatus,
            Result = completion.Result,
            FailureDetails = completion.FailureDetails,
        };
        _state.Inbox.Clear();
        _decisions.Timers.Clear();
        _decisions.Activities.Clear();
        if (_turn.Terminated is { Recurse: true } terminated)
            TerminateChildren(terminated);
        if (_started.ParentInstance is { } parent)
            TellParent(parent, completion);
    }

    private void TerminateChildren(ExecutionTerminatedEvent terminated)
    {
        foreach (var child in _state.Unanswered().Where(entry => entry.EventTypeCase == Entry.ChildWorkflowInstanceCreated))
        {
            var entry = HistoryEvents.New(_now);
            entry.ExecutionTerminated = terminated.Clone();
            _decisions.Messages.Add(new Message(TargetOf(child.Router), child.ChildWorkflowInstanceCreated.InstanceId, entry));
        }
    }

    private void TellParent(ParentInstanceInfo parent, CompleteWorkflowAction completion)
    {
        var told = HistoryEvents.New(_now);
        if (completion.WorkflowStatus == OrchestrationStatus.Completed)
        {
            told.ChildWorkflowInstanceCompleted = new ChildWorkflowInstanceCompletedEvent
            {
                TaskScheduledId = parent.TaskScheduledId,
                Result = completion.Result,
            };
        }
        else
        {
            told.ChildWorkflowInstanceFailed = new ChildWorkflowInstanceFailedEvent
            {
                TaskScheduledId = parent.TaskScheduledId,
                FailureDetails = completion.FailureDetails ?? Ended(completion.WorkflowStatus),
            };
        }

        var app = parent.HasAppID ? parent.AppID : _state.AppId;
        _decisions.Messages.Add(new Message(app, parent.WorkflowInstance.InstanceId, told, parent.WorkflowInstance.ExecutionId));
    }

    private TaskFailureDetails Ended(OrchestrationStatus status) => new()
    {
        ErrorType = $"{status}",
        ErrorMessage = $"workflow '{_state.InstanceId}' ended as {status.ToString().ToUpperInvariant()}",
    };

    private HistoryEvent Record(int id, TaskRouter? router = null)
    {
        var entry = HistoryEvents.New(_now, id);
        entry.Router = router;
        _state.History.Add(entry);
        return entry;
    }

    private void RemoveStall()
    {
        if (_state.IsStalled)
            _state.History.RemoveAt(_state.History.Count - 1);
    }

    private TaskRouter? RouterOf(WorkflowAction action, TaskRouter? own)
    {
        var router = (own ?? action.Router)?.Clone();
        router?.SourceAppID = _state.AppId;
        return router;
    }

    private string TargetOf(TaskRouter? router) => router is { HasTargetAppID: true, TargetAppID.Length: > 0 } ? router.TargetAppID : _state.AppId;

    private ParentInstanceInfo AsParent(int taskId) => new()
    {
        TaskScheduledId = taskId,
        Name = _started.Name,
        WorkflowInstance = new WorkflowInstance { InstanceId = _state.InstanceId, ExecutionId = _state.ExecutionId },
        AppID = _state.AppId,
    };
}
