using Microsoft.Extensions.Logging;

namespace Dapr.Workflow;

/// <summary>
/// Everything that a workflow may do. All members belong to the thread that runs the workflow: calling them from elsewhere throws
/// <see cref="InvalidOperationException"/>.
/// </summary>
public abstract class WorkflowContext : IWorkflowContext
{
    /// <summary>The workflow's registered name.</summary>
    public abstract string Name { get; }

    /// <summary>The id of this run.</summary>
    public abstract string InstanceId { get; }

    /// <inheritdoc/>
    public abstract DateTime CurrentUtcDateTime { get; }

    /// <inheritdoc/>
    public abstract bool IsReplaying { get; }

    /// <inheritdoc/>
    public abstract bool IsPatched(string patchName);

    /// <summary>Runs an activity and waits for it.</summary>
    /// <exception cref="WorkflowTaskFailedException">The activity failed, and its retries are used up.</exception>
    public virtual Task CallActivityAsync(string name, object? input = null, WorkflowTaskOptions? options = null) =>
        CallActivityAsync<object>(name, input, options);

    /// <summary>Runs an activity and returns its result.</summary>
    /// <exception cref="WorkflowTaskFailedException">The activity failed, and its retries are used up.</exception>
    public abstract Task<T> CallActivityAsync<T>(string name, object? input = null, WorkflowTaskOptions? options = null);

    /// <summary>Waits durably: the wait survives restarts.</summary>
    public virtual Task CreateTimer(TimeSpan delay, CancellationToken cancellationToken = default) =>
        CreateTimer(CurrentUtcDateTime.Add(delay), cancellationToken);

    /// <summary>Waits durably until a moment (UTC).</summary>
    public abstract Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken);

    /// <summary>Waits for an event that somebody raises; one that came before the call is taken at once. Names ignore case.</summary>
    public abstract Task<T?> WaitForExternalEventAsync<T>(string eventName, CancellationToken cancellationToken = default);

    /// <summary>Waits for an event for a limited time.</summary>
    /// <exception cref="TaskCanceledException">The time passed without the event.</exception>
    public virtual async Task<T?> WaitForExternalEventAsync<T>(string eventName, TimeSpan timeout)
    {
        using var timerCancellation = new CancellationTokenSource();
        using var eventCancellation = new CancellationTokenSource();
        var received = WaitForExternalEventAsync<T>(eventName, eventCancellation.Token);
        var elapsed = CreateTimer(timeout, timerCancellation.Token);
        var loser = await Task.WhenAny(received, elapsed) == received ? timerCancellation : eventCancellation;
        // Synchronously: CancelAsync would continue the workflow on another thread.
#pragma warning disable CA1849
        loser.Cancel();
#pragma warning restore CA1849
        return await received;
    }

    /// <summary>Raises an event for another workflow.</summary>
    public abstract void SendEvent(string instanceId, string eventName, object payload);

    /// <summary>Publishes a value that queries of the state show; null clears it.</summary>
    public abstract void SetCustomStatus(object? customStatus);

    /// <summary>Runs another workflow as a child and returns its result.</summary>
    /// <exception cref="WorkflowTaskFailedException">The child failed or was terminated, and its retries are used up.</exception>
    public abstract Task<TResult> CallChildWorkflowAsync<TResult>(
        string workflowName, object? input = null, ChildWorkflowTaskOptions? options = null);

    /// <summary>Runs another workflow as a child and waits for it.</summary>
    /// <exception cref="WorkflowTaskFailedException">The child failed or was terminated, and its retries are used up.</exception>
    public virtual Task CallChildWorkflowAsync(string workflowName, object? input = null, ChildWorkflowTaskOptions? options = null) =>
        CallChildWorkflowAsync<object>(workflowName, input, options);

    /// <summary>A logger that is silent during replay.</summary>
    public abstract ILogger CreateReplaySafeLogger(string categoryName);

    /// <summary>A logger that is silent during replay.</summary>
    public abstract ILogger CreateReplaySafeLogger(Type type);

    /// <summary>A logger that is silent during replay.</summary>
    public abstract ILogger CreateReplaySafeLogger<T>();

    /// <summary>Starts the instance over with a new input and an empty history, so that an endless workflow stays small.</summary>
    /// <param name="newInput">The next run's input.</param>
    /// <param name="preserveUnprocessedEvents">Whether events that nobody waited for yet go along.</param>
    public abstract void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true);

    /// <summary>An identifier that is unique and the same at every replay.</summary>
    public abstract Guid NewGuid();

    /// <summary>The history that the caller passed on, if it did.</summary>
    public abstract PropagatedHistory? GetPropagatedHistory();
}
