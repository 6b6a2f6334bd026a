using Platform.DurableTask;
using Platform.Sidecar.Workflow.Core;
using Platform.Sidecar.Workflow.Dispatch;
using Entry = Platform.DurableTask.HistoryEvent.EventTypeOneofCase;

namespace Platform.Sidecar.Workflow.Engine;

/// <summary>What leaves an instance: messages, activities, timers.</summary>
internal sealed partial class WorkflowEngine
{
    /// <summary>Under the lock, by the journal: what these writes decided may now happen.</summary>
    private void Dispatch(IReadOnlyList<Flush> flushes)
    {
        foreach (var flush in flushes)
        {
            // The instance may be over or have started over since.
            if (flush.Instance.IsOpen && flush.ExecutionId == flush.Instance.State.ExecutionId)
            {
                foreach (var entry in flush.Activities)
                    Dispatch(flush.Instance, entry);
                foreach (var entry in flush.Timers)
                    SetTimer(flush.Instance, entry);
            }

            flush.Instance.App.Evict(flush.Instance);
        }
    }

    private void Dispatch(Instance instance, HistoryEvent scheduled)
    {
        var target = scheduled.Router.TargetOr(instance.App.App.Id);
        var work = new ActivityWork(instance, scheduled, instance.State.ExecutionId);
        instance.Activities[scheduled.EventId] = work;
        if (Of(target) is { } app)
            app.Queue.Add(work);
        else
            Log.AppUnknown(_logger, instance.State.InstanceId, target);
    }

    private void SetTimer(Instance instance, HistoryEvent created)
    {
        if (created.TimerCreated.DueAt() is not { } due)
            return;
        var executionId = instance.State.ExecutionId;
        At(due, instance, found =>
        {
            if (found.State.ExecutionId == executionId)
                Deliver(found, created.Fired(Now));
        });
    }

    /// <summary>Under the lock: a step at a moment, on the instance of that id, which may have left memory meanwhile.</summary>
    private void At(DateTimeOffset moment, Instance instance, Action<Instance> step)
    {
        var (app, id) = (instance.App, instance.State.InstanceId);
        _timers.Add(moment, () =>
        {
            if (app.Find(id) is { } found)
                step(found);
            else
                _ = Later(app, id, step);
        });
    }

    private async Task Later(AppWorkflows app, string id, Action<Instance> step)
    {
        try
        {
            await With(app, id, found =>
            {
                step(found);
                return true;
            });
        }
        catch (Exception failure)
        {
            Log.StepFailed(_logger, failure, id);
            lock (Gate)
                _timers.Add(Now + Breath, () => _ = Later(app, id, step));
        }
    }

    /// <summary>Under the lock. Messages become durable with the turn that sent them: until all receivers are in memory, the turn is held.</summary>
    private void Send(Instance sender, List<Message> messages)
    {
        if (messages.Count == 0)
            return;
        if (messages.TrueForAll(message => !CanArrive(message) || Of(message.AppId)!.Find(message.InstanceId) is not null))
        {
            messages.ForEach(message => Hand(sender, message));
            return;
        }

        sender.Holds++;
        _ = SendWhenRead(sender, messages);
    }

    private async Task SendWhenRead(Instance sender, List<Message> messages)
    {
        var receivers = new List<Instance>();
        foreach (var message in messages)
        {
            if (CanArrive(message))
                receivers.Add(await Pin(Of(message.AppId)!, message.InstanceId));
        }

        lock (Gate)
        {
            messages.ForEach(message => Hand(sender, message));
            foreach (var receiver in receivers)
            {
                receiver.Pins--;
                receiver.App.Evict(receiver);
            }

            sender.Holds--;
            Schedule(sender);
            _journal.Signal();
        }
    }

    private bool CanArrive(Message message) => Of(message.AppId) is not null && InstanceIds.IsValid(message.InstanceId);

    /// <summary>Reads an instance and keeps it in memory, however long the store is away.</summary>
    private async Task<Instance> Pin(AppWorkflows app, string id)
    {
        while (true)
        {
            try
            {
                return await With(app, id, found =>
                {
                    found.Pins++;
                    return found;
                });
            }
            catch (Exception failure)
            {
                Log.StepFailed(_logger, failure, id);
                await Task.Delay(Breath, _time);
            }
        }
    }

    private void Hand(Instance sender, Message message)
    {
        if (!CanArrive(message) || Of(message.AppId)!.Find(message.InstanceId) is not { } receiver)
        {
            Log.NotDelivered(_logger, sender.State.InstanceId, message.AppId);
            Refuse(sender, message, $"the app '{message.AppId}' is not known here, or the ID is not one that a workflow can have");
        }
        else if (message.Event.EventTypeCase == Entry.ExecutionStarted)
        {
            BeginChild(sender, receiver, message);
        }
        else if (message.ExecutionId is null || message.ExecutionId == receiver.State.ExecutionId)
        {
            Deliver(receiver, message.Event);
        }
    }

    private void BeginChild(Instance sender, Instance child, Message message)
    {
        if (child.State.Started?.ParentInstance is { } parent && parent.Equals(message.Event.ExecutionStarted.ParentInstance))
            return;
        if (child.IsOpen)
            Refuse(sender, message, $"an active workflow with ID '{message.InstanceId}' already exists");
        else
            Begin(child, message.Event, message.Propagated);
    }

    /// <summary>A child that cannot begin fails, so that its parent does not wait for ever.</summary>
    private void Refuse(Instance sender, Message message, string reason)
    {
        if (message.Event.ExecutionStarted?.ParentInstance is not { } parent || parent.WorkflowInstance.ExecutionId != sender.State.ExecutionId)
            return;
        var failed = HistoryEvents.New(Now);
        failed.ChildWorkflowInstanceFailed = new ChildWorkflowInstanceFailedEvent
        {
            TaskScheduledId = parent.TaskScheduledId,
            FailureDetails = new TaskFailureDetails { ErrorType = "ChildWorkflowNotStarted", ErrorMessage = reason },
        };
        Deliver(sender, failed);
    }
}
