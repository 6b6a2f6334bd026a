using Platform.DurableTask;
using Platform.Sidecar.Workflow.Core;
using Platform.Sidecar.Workflow.Engine;

namespace Platform.Sidecar.Workflow.Dispatch;

/// <summary>Something for a worker to do: waits in a queue, then belongs to the stream that it was written to until it is answered.</summary>
internal abstract class Work
{
    /// <summary>The stream that has it; null while it waits.</summary>
    public WorkerStream? Holder { get; set; }

    /// <summary>What goes to the worker, made at the last moment; null when it is no longer wanted.</summary>
    public abstract WorkItem? Prepare(DateTimeOffset now);
}

/// <summary>One turn of an instance: everything that is in the inbox when it is handed out.</summary>
internal sealed class TurnWork(Instance instance) : Work
{
    /// <summary>What the worker was given; null while the turn waits.</summary>
    public TurnInput? Input { get; private set; }

    /// <summary>Tells the answer to this turn from the answer to an earlier one.</summary>
    public string Token { get; private set; } = "";

    public Instance Instance => instance;

    public override WorkItem? Prepare(DateTimeOffset now)
    {
        if (instance.Turn != this)
            return null;
        Input = TurnInput.Of(instance.State, now);
        Token = Guid.CreateVersion7().ToString("N");
        var request = new WorkflowRequest
        {
            InstanceId = instance.State.InstanceId,
            ExecutionId = instance.State.ExecutionId,
            PropagatedHistory = instance.State.Propagated,
            Router = instance.State.StartedEntry?.Router,
        };
        request.PastEvents.AddRange(instance.State.History);
        request.NewEvents.AddRange(Input.Events);
        return new WorkItem { WorkflowRequest = request, CompletionToken = Token };
    }
}

/// <summary>One activity that a turn scheduled.</summary>
internal sealed class ActivityWork(Instance owner, HistoryEvent scheduled, string executionId) : Work
{
    public override WorkItem? Prepare(DateTimeOffset now)
    {
        if (owner.Activities.GetValueOrDefault(scheduled.EventId) != this)
            return null;
        var task = scheduled.TaskScheduled;
        var scope = task.HasHistoryPropagationScope ? task.HistoryPropagationScope : HistoryPropagationScope.None;
        return new WorkItem
        {
            ActivityRequest = new ActivityRequest
            {
                Name = task.Name,
                Version = task.Version,
                Input = task.Input,
                WorkflowInstance = new WorkflowInstance { InstanceId = owner.State.InstanceId, ExecutionId = executionId },
                TaskId = scheduled.EventId,
                TaskExecutionId = task.TaskExecutionId,
                ParentTraceContext = task.ParentTraceContext,
                PropagatedHistory = Propagation.Of(owner.State, scope),
            },
            CompletionToken = new ActivityToken(owner.State.AppId, executionId).ToString(),
        };
    }
}

/// <summary>Says whose activity it was and which execution called it, so that a late answer finds its place or none.</summary>
internal readonly record struct ActivityToken(string AppId, string ExecutionId)
{
    public override string ToString() => $"{ExecutionId}|{AppId}";

    public static ActivityToken? Parse(string text) =>
        text.IndexOf('|', StringComparison.Ordinal) is var bar and >= 0 ? new ActivityToken(text[(bar + 1)..], text[..bar]) : null;
}
