using Platform.Sidecar.State;
using Platform.Sidecar.Workflow.Storage;

namespace Platform.Sidecar.Workflow.Engine;

/// <summary>
/// Makes memory durable. All instances that changed while the last write was under way go into one transaction together, so that
/// messages between them are never half written and many instances share the cost of one commit.
/// </summary>
internal sealed partial class Journal(Lock gate, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly HashSet<Instance> _dirty = [];
    private readonly SemaphoreSlim _signal = new(0);
    private readonly CancellationTokenSource _stopping = new();
    private Task _writing = Task.CompletedTask;
    private Action<IReadOnlyList<Flush>> _written = _ => { };
    private bool _signalled;

    /// <param name="written">Called under the lock with what has become durable.</param>
    public void Start(Action<IReadOnlyList<Flush>> written)
    {
        _written = written;
        _writing = Write();
    }

    /// <summary>Under the lock. The task ends when the instance's present state is durable.</summary>
    public Task Add(Instance instance)
    {
        var flushed = instance.MarkDirty();
        _dirty.Add(instance);
        Signal();
        return flushed;
    }

    /// <summary>Under the lock: an instance that was held back may go.</summary>
    public void Signal()
    {
        if (_signalled)
            return;
        _signalled = true;
        _signal.Release();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _writing;
        _stopping.Dispose();
        _signal.Dispose();
    }

    private async Task Write()
    {
        while (true)
        {
            await _signal.WaitAsync(_stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var (flushes, rows) = Collect();
            if (flushes.Count > 0 && !await Store(rows))
                return;
            if (flushes.Count > 0)
                Tell(flushes);
            else if (_stopping.IsCancellationRequested)
                return;
        }
    }

    private (List<Flush> Flushes, List<(IStateStore Store, List<RowChange> Rows)> Rows) Collect()
    {
        var flushes = new List<Flush>();
        var rows = new List<(IStateStore Store, List<RowChange> Rows)>();
        lock (gate)
        {
            _signalled = false;
            foreach (var instance in _dirty.Where(instance => instance.Holds == 0).ToList())
            {
                _dirty.Remove(instance);
                var store = rows.Find(one => one.Store == instance.App.Store);
                if (store.Rows is null)
                    rows.Add(store = (instance.App.Store, []));
                instance.Image.Advance(instance.App.Keys, instance.State, store.Rows);
                flushes.Add(instance.BeginFlush());
            }
        }

        return (flushes, rows);
    }

    /// <summary>Tries until it is done: memory is ahead of the store by then. False only when the sidecar stops.</summary>
    private async Task<bool> Store(List<(IStateStore Store, List<RowChange> Rows)> rows)
    {
        foreach (var (store, changes) in rows)
        {
            StateChange[] values = [.. changes.Select(change => change.ToStateChange())];
            for (var wait = FirstWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
            {
                try
                {
                    await store.Transact(values, CancellationToken.None);
                    break;
                }
                catch (Exception failure)
                {
                    Log.NotWritten(logger, failure.Message, values.Length);
                    if (_stopping.IsCancellationRequested)
                        return false;
                    await Task.Delay(wait, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
        }

        return true;
    }

    private void Tell(List<Flush> flushes)
    {
        lock (gate)
        {
            foreach (var flush in flushes)
                flush.Instance.EndFlush(flush.Status);
            _written(flushes);
        }

        foreach (var flush in flushes)
            flush.Flushed.SetResult();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Rows} workflow rows could not be written and will be again: {Reason}")]
        public static partial void NotWritten(ILogger logger, string reason, int rows);
    }
}
