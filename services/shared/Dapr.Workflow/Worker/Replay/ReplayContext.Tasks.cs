using Dapr.Workflow.Client;
using Google.Protobuf.WellKnownTypes;
using Platform.DurableTask;
using Entry = Platform.DurableTask.HistoryEvent.EventTypeOneofCase;

namespace Dapr.Workflow.Worker.Replay;

/// <summary>What a workflow can wait for.</summary>
internal sealed partial class ReplayContext
{
    public override Task<T> CallActivityAsync<T>(string name, object? input = null, WorkflowTaskOptions? options = null)
    {
        Guard();
        // Each attempt has an execution id of its own; the waits between them bear the first one's.
        var firstId = NextExecutionId(name);
        Task<T> Attempt() => ScheduleActivity<T>(name, input, options, NextExecutionId(name));
        return Retrying(options?.RetryPolicy, Attempt, action => action.ActivityRetry = new TimerOriginActivityRetry { TaskExecutionId = firstId });
    }

    public override Task<TResult> CallChildWorkflowAsync<TResult>(
        string workflowName, object? input = null, ChildWorkflowTaskOptions? options = null)
    {
        Guard();
        // A given id is kept, so that the child stays findable; a derived one is new for each attempt, and the waits have one more.
        string NextId() => options?.InstanceId ?? NewGuid().ToString();
        Task<TResult> Attempt() => ScheduleChild<TResult>(workflowName, input, options, NextId());
        var retriesId = options?.RetryPolicy is null ? "" : NextId();
        return Retrying(
            options?.RetryPolicy, Attempt, action => action.ChildWorkflowRetry = new TimerOriginChildWorkflowRetry { InstanceId = retriesId });
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) =>
        CreateTimer(ToTimestamp(fireAt), timer => timer.CreateTimer = new TimerOriginCreateTimer(), cancellationToken);

    public override Task<T?> WaitForExternalEventAsync<T>(string eventName, CancellationToken cancellationToken = default)
        where T : default
    {
        Guard();
        if (Events.Take(eventName) is { } kept)
            return Task.FromResult(Deserialize<T>(kept.Input));
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T?>(cancellationToken);

        var source = new TaskCompletionSource<T?>();
        var giveUp = Events.Wait(eventName, raised => Settle(source, () => Deserialize<T>(raised.Input)));
        CancelOn(source, giveUp, cancellationToken);
        return source.Task;
    }

    public override async Task<T?> WaitForExternalEventAsync<T>(string eventName, TimeSpan timeout)
        where T : default
    {
        Guard();
        if (timeout == TimeSpan.Zero)
            throw new TaskCanceledException($"The event '{eventName}' did not come in time.");

        using var timerCancellation = new CancellationTokenSource();
        using var eventCancellation = new CancellationTokenSource();
        var origin = new TimerOriginExternalEvent { Name = eventName };
        var fireAt = timeout < TimeSpan.Zero ? Never : ToTimestamp(_now.Add(timeout));
        var elapsed = CreateTimer(fireAt, timer => timer.ExternalEvent = origin, timerCancellation.Token);
        var received = WaitForExternalEventAsync<T>(eventName, eventCancellation.Token);
        var loser = await Task.WhenAny(received, elapsed) == received ? timerCancellation : eventCancellation;
        // Synchronously: CancelAsync would continue the workflow on another thread.
#pragma warning disable CA1849
        loser.Cancel();
#pragma warning restore CA1849
        return await received;
    }

    private Task<T> Retrying<T>(WorkflowRetryPolicy? policy, Func<Task<T>> attempt, Action<CreateTimerAction> origin)
    {
        if (policy is null)
            return attempt();
        Task WaitAsync(TimeSpan delay) => CreateTimer(ToTimestamp(_now.Add(delay)), origin, CancellationToken.None);
        return new RetryInterceptor<T>(this, policy, attempt!, WaitAsync).Invoke()!;
    }

    private string NextExecutionId(string activity) =>
        DeterministicGuid.Create(_namespace, $"{InstanceId}|activity|{Actions.NextId}|{activity}").ToString("N");

    private Task<T> ScheduleActivity<T>(string name, object? input, WorkflowTaskOptions? options, string executionId)
    {
        var task = new ScheduleTaskAction { Name = name, Input = Serialize(input), TaskExecutionId = executionId };
        if (options is { PropagationScope: not HistoryPropagationScope.None })
            task.HistoryPropagationScope = (Platform.DurableTask.HistoryPropagationScope)(int)options.PropagationScope;
        var action = new WorkflowAction { ScheduleTask = task };
        action.Router = task.Router = RouterTo(options?.TargetAppId);

        var source = new TaskCompletionSource<T>();
        Actions.Add(action, answer => Settle(source, () => answer.EventTypeCase == Entry.TaskCompleted
            ? Deserialize<T>(answer.TaskCompleted.Result)!
            : throw Failure($"Task failed: {answer.TaskFailed.FailureDetails?.ErrorMessage}", answer.TaskFailed.FailureDetails)));
        return source.Task;
    }

    private Task<T> ScheduleChild<T>(string name, object? input, ChildWorkflowTaskOptions? options, string instanceId)
    {
        var child = new CreateChildWorkflowAction { InstanceId = instanceId, Name = name, Input = Serialize(input) };
        if (options is { PropagationScope: not HistoryPropagationScope.None })
            child.HistoryPropagationScope = (Platform.DurableTask.HistoryPropagationScope)(int)options.PropagationScope;
        var action = new WorkflowAction { CreateChildWorkflow = child };
        action.Router = child.Router = RouterTo(options?.TargetAppId);

        var source = new TaskCompletionSource<T>();
        Actions.Add(action, answer => Settle(source, () => answer.EventTypeCase == Entry.ChildWorkflowInstanceCompleted
            ? Deserialize<T>(answer.ChildWorkflowInstanceCompleted.Result)!
            : throw Failure($"Child workflow '{name}' failed", answer.ChildWorkflowInstanceFailed.FailureDetails)));
        return source.Task;
    }

    private Task<bool> CreateTimer(Timestamp fireAt, Action<CreateTimerAction> origin, CancellationToken cancellationToken)
    {
        Guard();
        var timer = new CreateTimerAction { FireAt = fireAt };
        origin(timer);
        var source = new TaskCompletionSource<bool>();
        var id = Actions.Add(new WorkflowAction { CreateTimer = timer }, _ => source.TrySetResult(true));
        CancelOn(source, () => Actions.StopWaiting(id), cancellationToken);
        return source.Task;
    }

    private TaskRouter? RouterTo(string? targetAppId) =>
        string.IsNullOrEmpty(targetAppId) ? null : new TaskRouter { SourceAppID = appId, TargetAppID = targetAppId };

    private static void CancelOn<T>(TaskCompletionSource<T> source, Action giveUp, CancellationToken cancellation) =>
        cancellation.Register(() =>
        {
            giveUp();
            source.TrySetCanceled(cancellation);
        });

    private static void Settle<T>(TaskCompletionSource<T> source, Func<T> read)
    {
        T value;
        try
        {
            value = read();
        }
        catch (Exception failure)
        {
            source.TrySetException(failure);
            return;
        }

        source.TrySetResult(value);
    }

    private static WorkflowTaskFailedException Failure(string message, TaskFailureDetails? details) =>
        new(message, details.ToPublic() ?? new WorkflowTaskFailureDetails("Unknown", message));

    private static Timestamp ToTimestamp(DateTime moment) => moment == DateTime.MaxValue
        ? Never
        : Timestamp.FromDateTime(moment.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(moment, DateTimeKind.Utc) : moment.ToUniversalTime());
}
