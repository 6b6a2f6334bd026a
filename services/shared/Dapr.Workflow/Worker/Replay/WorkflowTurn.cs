using Dapr.Common.Serialization;
using Dapr.Workflow.Abstractions;
using Microsoft.Extensions.Logging;
using Platform.DurableTask;
using Entry = Platform.DurableTask.HistoryEvent.EventTypeOneofCase;

namespace Dapr.Workflow.Worker.Replay;

/// <summary>
/// One turn of one instance: the code runs from its beginning over all past events and then over the new ones, on one thread, and
/// what it asks for on the way is the answer. Pure: the same request gives the same answer.
/// </summary>
internal sealed class WorkflowTurn
{
    private readonly WorkflowRequest _request;
    private readonly ReplayContext _context;
    private readonly IWorkflow _workflow;
    private readonly IDaprSerializer _serializer;
    private readonly Queue<HistoryEvent> _heldBack = new();
    private Task<object?>? _code;
    private bool _suspended;

    private WorkflowTurn(WorkflowRequest request, ReplayContext context, IWorkflow workflow, IDaprSerializer serializer)
    {
        _request = request;
        _context = context;
        _workflow = workflow;
        _serializer = serializer;
    }

    /// <summary>Never throws: what cannot be run, or whose answer cannot be written, ends the workflow as failed.</summary>
    public static WorkflowResponse Run(
        WorkflowRequest request, IWorkflowsFactory factory, IServiceProvider services, IDaprSerializer serializer, ILoggerFactory loggers)
    {
        try
        {
            return RunUnguarded(request, factory, services, serializer, loggers);
        }
        catch (Exception failure)
        {
            return Fail(request, failure);
        }
    }

    /// <summary>The answer that ends the workflow.</summary>
    public static WorkflowResponse Fail(WorkflowRequest request, Exception failure)
    {
        var last = request.PastEvents.Select(entry => entry.EventId).DefaultIfEmpty(-1).Max();
        return Fail(request, last + 1, failure.ToFailureDetails(retriable: false));
    }

    private static WorkflowResponse RunUnguarded(
        WorkflowRequest request, IWorkflowsFactory factory, IServiceProvider services, IDaprSerializer serializer, ILoggerFactory loggers)
    {
        if (request.PastEvents.Concat(request.NewEvents).LastOrDefault() is { EventTypeCase: Entry.ExecutionTerminated })
            return Terminated(request);

        var started = request.PastEvents.Concat(request.NewEvents).LastOrDefault(entry => entry.EventTypeCase == Entry.ExecutionStarted);
        if (started is null)
            return new WorkflowResponse { InstanceId = request.InstanceId };

        var name = started.ExecutionStarted.Name;
        if (!factory.TryCreateWorkflow(new TaskIdentifier(name), services, out var workflow, out var activation))
            return Fail(request, 0, activation?.ToFailureDetails(retriable: false) ?? NotRegistered(name));

        var appId = started.Router is { HasTargetAppID: true } router ? router.TargetAppID : started.Router?.SourceAppID ?? "";
        var context = new ReplayContext(name, request, appId, serializer, loggers);
        return new WorkflowTurn(request, context, workflow, serializer).Run();
    }

    private WorkflowResponse Run()
    {
        try
        {
            _context.SetReplaying(true);
            foreach (var entry in _request.PastEvents)
                Feed(entry);
            _context.SetReplaying(false);
            foreach (var entry in _request.NewEvents)
                Feed(entry);
        }
        catch (NonDeterministicWorkflowException misfit)
        {
            return Fail(_request, _context.Actions.NextId, misfit.ToFailureDetails(retriable: false));
        }
        finally
        {
            _context.End();
        }

        return _suspended ? new WorkflowResponse { InstanceId = _request.InstanceId } : Answer();
    }

    /// <summary>A suspended workflow sees nothing until it is resumed, and then everything in order.</summary>
    private void Feed(HistoryEvent entry)
    {
        switch (entry.EventTypeCase)
        {
            case Entry.WorkflowStarted:
                _context.MoveTo(entry.Timestamp.ToDateTimeSaturating());
                _context.Patches.Record(entry.WorkflowStarted.Version);
                break;
            case Entry.ExecutionSuspended:
                _suspended = true;
                break;
            case Entry.ExecutionResumed:
                _suspended = false;
                while (!_suspended && _heldBack.TryDequeue(out var held))
                    Apply(held);
                break;
            default:
                if (_suspended)
                    _heldBack.Enqueue(entry);
                else
                    Apply(entry);
                break;
        }
    }

    private void Apply(HistoryEvent entry)
    {
        switch (entry.EventTypeCase)
        {
            case Entry.ExecutionStarted:
                _code = StartCodeAsync(entry.ExecutionStarted.Input);
                break;
            case Entry.TaskScheduled or Entry.TimerCreated or Entry.ChildWorkflowInstanceCreated or Entry.EventSent:
                _context.Actions.Confirm(entry);
                break;
            case Entry.TaskCompleted:
                _context.Actions.Resolve(entry.TaskCompleted.TaskScheduledId, entry);
                break;
            case Entry.TaskFailed:
                _context.Actions.Resolve(entry.TaskFailed.TaskScheduledId, entry);
                break;
            case Entry.ChildWorkflowInstanceCompleted:
                _context.Actions.Resolve(entry.ChildWorkflowInstanceCompleted.TaskScheduledId, entry);
                break;
            case Entry.ChildWorkflowInstanceFailed:
                _context.Actions.Resolve(entry.ChildWorkflowInstanceFailed.TaskScheduledId, entry);
                break;
            case Entry.TimerFired:
                _context.Actions.Resolve(entry.TimerFired.TimerId, entry);
                break;
            case Entry.EventRaised:
                _context.Events.Deliver(entry);
                break;
        }
    }

    private async Task<object?> StartCodeAsync(string? input) =>
        await _workflow.RunAsync(_context, string.IsNullOrEmpty(input) ? DefaultOf(_workflow.InputType) : _serializer.Deserialize(input, _workflow.InputType));

    private WorkflowResponse Answer()
    {
        var response = new WorkflowResponse { InstanceId = _request.InstanceId, CustomStatus = _context.CustomStatus };
        response.Actions.AddRange(_context.Actions.Pending);
        if (_context.Patches.InForce.Count > 0)
            response.Version = new WorkflowVersion { Name = _context.Name, Patches = { _context.Patches.InForce } };
        if (Completion() is { } completion)
            response.Actions.Add(new WorkflowAction { Id = _context.Actions.NextId, CompleteWorkflow = completion });
        return response;
    }

    private CompleteWorkflowAction? Completion()
    {
        if (_context.StartOver is { } startOver)
        {
            if (_context.PreserveEvents)
                startOver.CarryoverEvents.AddRange(_context.Events.Kept);
            return startOver;
        }

        return _code switch
        {
            { IsCompletedSuccessfully: true } => Completed(_code.Result),
            { IsCompleted: true } => Failed(_code),
            not null when !_context.Actions.HasWaiting && !_context.Events.HasWaiters => Failed(Stuck()),
            _ => null,
        };
    }

    private CompleteWorkflowAction Completed(object? output) => new()
    {
        WorkflowStatus = OrchestrationStatus.Completed,
        Result = output is null ? "" : _serializer.Serialize(output, _workflow.OutputType),
    };

    private static CompleteWorkflowAction Failed(Task code) =>
        Failed((code.Exception?.InnerException ?? new TaskCanceledException(code)).ToFailureDetails(retriable: false));

    private static CompleteWorkflowAction Failed(TaskFailureDetails details) =>
        new() { WorkflowStatus = OrchestrationStatus.Failed, FailureDetails = details };

    private static TaskFailureDetails Stuck() => new InvalidOperationException(
        "The workflow waits for something that its WorkflowContext did not make, so nothing could ever wake it.").ToFailureDetails(retriable: false);

    private static WorkflowResponse Fail(WorkflowRequest request, int id, TaskFailureDetails details) =>
        new() { InstanceId = request.InstanceId, Actions = { new WorkflowAction { Id = id, CompleteWorkflow = Failed(details) } } };

    /// <summary>Without the output that the caller gave: the official worker does not hand it on either.</summary>
    private static WorkflowResponse Terminated(WorkflowRequest request)
    {
        var completion = new CompleteWorkflowAction { WorkflowStatus = OrchestrationStatus.Terminated };
        return new WorkflowResponse { InstanceId = request.InstanceId, Actions = { new WorkflowAction { CompleteWorkflow = completion } } };
    }

    private static TaskFailureDetails NotRegistered(string name) => new()
    {
        ErrorType = "WorkflowNotFound",
        ErrorMessage = $"Workflow '{name}' is not registered in this app.",
        IsNonRetriable = true,
    };

    private static object? DefaultOf(Type type) => type.IsValueType ? Activator.CreateInstance(type) : null;
}
