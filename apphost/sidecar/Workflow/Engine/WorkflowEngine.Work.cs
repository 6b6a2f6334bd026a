using Platform.DurableTask;
using Platform.Sidecar.Workflow.Core;
using Platform.Sidecar.Workflow.Dispatch;
using Entry = Platform.DurableTask.HistoryEvent.EventTypeOneofCase;

namespace Platform.Sidecar.Workflow.Engine;

/// <summary>Workers: what they get, and what they answer.</summary>
internal sealed partial class WorkflowEngine
{
    public void Connect(AppWorkflows app, WorkerStream stream)
    {
        lock (Gate)
        {
            app.Queue.Connect(stream);
            app.App.ConnectedWorkflowWorkers = app.Queue.Workers;
            foreach (var instance in app.InMemory.Where(instance => instance.Paused && instance.State.IsStalled).ToList())
                Unpause(instance);
        }
    }

    public void Disconnect(AppWorkflows app, WorkerStream stream)
    {
        lock (Gate)
        {
            app.Queue.Disconnect(stream);
            app.App.ConnectedWorkflowWorkers = app.Queue.Workers;
        }
    }

    /// <summary>What goes out for a piece of work; null when it is no longer wanted.</summary>
    public WorkItem? Prepare(Work work)
    {
        lock (Gate)
        {
            var item = work.Prepare(Now);
            if (item is null)
                WorkQueue.Done(work);
            else if (work is TurnWork { Input.IsVoid: true } turn)
                item = Skip(turn);
            return item;
        }
    }

    /// <summary>Takes a worker's answer to a turn. An answer to a turn that is not in hand any more means nothing.</summary>
    public void Complete(AppWorkflows app, WorkflowResponse response)
    {
        lock (Gate)
        {
            if (app.Find(response.InstanceId) is not { Turn: { Input: { } input } turn } instance
                || (response.CompletionToken.Length > 0 && response.CompletionToken != turn.Token))
                return;
            WorkQueue.Done(turn);
            instance.Turn = null;
            try
            {
                Follow(instance, TurnResult.Apply(instance.State, input, response, Now));
            }
            catch (InvalidOperationException nonsense)
            {
                Log.TurnFailed(_logger, response.InstanceId, nonsense.Message);
                Pause(instance);
            }
        }
    }

    /// <summary>Takes an activity's result; the first one counts. The task ends when it is durable.</summary>
    public async Task Complete(AppWorkflows caller, ActivityResponse response)
    {
        var token = ActivityToken.Parse(response.CompletionToken);
        var owner = token is { } known ? Of(known.AppId) : caller;
        if (owner is null)
            return;
        var recorded = await With(owner, response.InstanceId, instance =>
            token is null || token.Value.ExecutionId == instance.State.ExecutionId ? Record(instance, response) : Task.CompletedTask);
        await recorded;
    }

    private Task Record(Instance instance, ActivityResponse response)
    {
        if (instance.Activities.Remove(response.TaskId, out var work))
            WorkQueue.Done(work);
        var executionId = instance.State.History.FindLast(entry => entry.EventId == response.TaskId && entry.EventTypeCase == Entry.TaskScheduled)
            ?.TaskScheduled.TaskExecutionId;
        if (executionId is null)
            return Task.CompletedTask;

        var entry = HistoryEvents.New(Now);
        if (response.FailureDetails is not null)
            entry.TaskFailed = new TaskFailedEvent { TaskScheduledId = response.TaskId, FailureDetails = response.FailureDetails, TaskExecutionId = executionId };
        else
            entry.TaskCompleted = new TaskCompletedEvent { TaskScheduledId = response.TaskId, Result = response.Result, TaskExecutionId = executionId };
        return Deliver(instance, entry);
    }

    /// <summary>Events that mean nothing any more, duplicates mostly, need no worker.</summary>
    private WorkItem? Skip(TurnWork turn)
    {
        WorkQueue.Done(turn);
        turn.Instance.Turn = null;
        turn.Instance.State.Inbox.RemoveRange(0, turn.Input!.Consumed);
        Schedule(turn.Instance);
        _journal.Add(turn.Instance);
        return null;
    }

    private void Follow(Instance instance, Decisions decisions)
    {
        if (instance.State.Completed is not null)
            DropActivities(instance);
        instance.DueActivities.AddRange(decisions.Activities);
        instance.DueTimers.AddRange(decisions.Timers);
        _journal.Add(instance);
        Send(instance, decisions.Messages);
        CountStartOvers(instance);
        if (decisions.Stalled)
            instance.Paused = true;
        else
            Schedule(instance);
    }

    private void CountStartOvers(Instance instance)
    {
        var startedOver = instance.State is { History.Count: 0, Inbox.Count: > 0 };
        instance.StartOvers = startedOver ? instance.StartOvers + 1 : 0;
        if (startedOver)
            DropActivities(instance);
        if (instance.StartOvers == MostStartOvers)
            Pause(instance);
    }

    private static void DropActivities(Instance instance)
    {
        foreach (var work in instance.Activities.Values)
            WorkQueue.Done(work);
        instance.Activities.Clear();
    }
}
