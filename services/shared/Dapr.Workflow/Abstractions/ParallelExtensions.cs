namespace Dapr.Workflow;

/// <summary>Fan-out with a bound.</summary>
public static class ParallelExtensions
{
    /// <summary>
    /// Runs a task for each input, at most <paramref name="maxConcurrency"/> at a time, and returns the results in the order of the
    /// inputs. All tasks end before a failure is thrown, as an <see cref="AggregateException"/>.
    /// </summary>
    public static async Task<TResult[]> ProcessInParallelAsync<TInput, TResult>(
        this WorkflowContext context, IEnumerable<TInput> inputs, Func<TInput, Task<TResult>> taskFactory, int maxConcurrency = 5)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(taskFactory);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxConcurrency, 1);

        var waiting = new Queue<(TInput Input, int Index)>(inputs.Select((input, index) => (input, index)));
        var results = new TResult[waiting.Count];
        var failures = new List<Exception>();

        // Deterministic, as workflow code must be: each lane takes its next input in the order in which results are replayed.
        async Task RunLaneAsync()
        {
            while (waiting.TryDequeue(out var next))
            {
                try
                {
                    results[next.Index] = await taskFactory(next.Input);
                }
                catch (Exception failure)
                {
                    failures.Add(failure);
                }
            }
        }

        await Task.WhenAll(Enumerable.Range(0, Math.Min(maxConcurrency, waiting.Count)).Select(_ => RunLaneAsync()).ToArray());
        return failures.Count == 0 ? results : throw new AggregateException(failures);
    }
}
