namespace Dapr.Workflow.Client;

/// <summary>Calls again after a failure, as a policy says, with durable waits between the attempts.</summary>
/// <param name="context">The workflow's context: its clock decides about the time limit.</param>
/// <param name="retryPolicy">The policy.</param>
/// <param name="retryCall">One attempt.</param>
/// <param name="retryTimerFactory">Makes the waits; null: timers of <paramref name="context"/>.</param>
public sealed class RetryInterceptor<T>(
    IWorkflowContext context, WorkflowRetryPolicy retryPolicy, Func<Task<T?>> retryCall, Func<TimeSpan, Task>? retryTimerFactory = null)
{
    /// <summary>The first result, or the failure of the last attempt.</summary>
    public async Task<T?> Invoke()
    {
        var begun = context.CurrentUtcDateTime;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await retryCall();
            }
            catch (WorkflowTaskFailedException) when (attempt < retryPolicy.MaxNumberOfAttempts && !IsTimeUp(begun))
            {
                await WaitAsync(DelayAfter(attempt));
            }
        }
    }

    private bool IsTimeUp(DateTime begun) =>
        retryPolicy.RetryTimeout != Timeout.InfiniteTimeSpan && context.CurrentUtcDateTime >= begun.Add(retryPolicy.RetryTimeout);

    private TimeSpan DelayAfter(int attempt)
    {
        var longest = retryPolicy.MaxRetryInterval is { } limit && limit != Timeout.InfiniteTimeSpan ? limit : TimeSpan.MaxValue;
        var seconds = retryPolicy.FirstRetryInterval.TotalSeconds * Math.Pow(retryPolicy.BackoffCoefficient, attempt - 1);
        return seconds < longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : longest;
    }

    private Task WaitAsync(TimeSpan delay) => retryTimerFactory is not null
        ? retryTimerFactory(delay)
        : context is WorkflowContext workflow
            ? workflow.CreateTimer(delay)
            : throw new InvalidOperationException("Retries need a timer factory where the context makes no timers.");
}
