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
            new ActionTaker(_state, _started, _decisions, _now).Take(response.Actions);

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
        _state.Record(_completionId, _now).ExecutionCompleted = new ExecutionCompletedEvent
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
            _decisions.Messages.Add(new Message(child.Router.TargetOr(_state.AppId), child.ChildWorkflowInstanceCreated.InstanceId, entry));
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

    private void RemoveStall()
    {
        if (_state.IsStalled)
            _state.History.RemoveAt(_state.History.Count - 1);
    }

}
