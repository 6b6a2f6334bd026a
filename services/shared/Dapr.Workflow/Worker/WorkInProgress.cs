namespace Dapr.Workflow.Worker;

/// <summary>Counts what runs, so that a stop can wait for it.</summary>
internal sealed class WorkInProgress
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _drained;
    private int _count;

    /// <summary>Completed as soon as nothing runs.</summary>
    public Task Completed
    {
        get
        {
            lock (_gate)
            {
                if (_count == 0)
                    return Task.CompletedTask;
                _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                return _drained.Task;
            }
        }
    }

    public void Add(Func<Task> work)
    {
        lock (_gate)
            _count++;
        _ = Task.Run(async () =>
        {
            try
            {
                await work();
            }
            finally
            {
                Remove();
            }
        });
    }

    private void Remove()
    {
        lock (_gate)
        {
            if (--_count == 0)
                Interlocked.Exchange(ref _drained, null)?.SetResult();
        }
    }
}
