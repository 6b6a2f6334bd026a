using System.Threading.Channels;
using Platform.Sidecar.State;

namespace Platform.Sidecar.Scheduling;

/// <summary>
/// Writes rows in the order in which they were handed over, all that have gathered in one transaction. What a caller waits for fails
/// when the store does; the progress of what is scheduled is written again until it is.
/// </summary>
internal sealed partial class ScheduleWriter : IAsyncDisposable
{
    private const int MostAtOnce = 1000;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly Channel<Write> _writes = Channel.CreateUnbounded<Write>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stopping = new();
    private readonly TimeProvider _time;
    private readonly ILogger<ScheduleWriter> _logger;
    private readonly Task _running;

    public ScheduleWriter(TimeProvider time, ILogger<ScheduleWriter> logger)
    {
        (_time, _logger) = (time, logger);
        _running = Run();
    }

    /// <param name="home">Whose row.</param>
    /// <param name="change">A row to write or to delete.</param>
    /// <param name="untilDone">False to fail when the store does.</param>
    public Task Add(ScheduleHome home, StateChange change, bool untilDone)
    {
        if (home.Store is null)
            return Task.CompletedTask;
        var write = new Write(home.Store, change, untilDone, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        return _writes.Writer.TryWrite(write) ? write.Done.Task : Task.FromException(new InvalidOperationException("the sidecar stops"));
    }

    public async ValueTask DisposeAsync()
    {
        _writes.Writer.TryComplete();
        _stopping.CancelAfter(TimeSpan.FromSeconds(1));
        await _running;
        _stopping.Dispose();
    }

    private async Task Run()
    {
        List<Write> waiting = [];
        for (var wait = FirstWait; waiting.Count > 0 || await _writes.Reader.WaitToReadAsync();)
        {
            while (waiting.Count < MostAtOnce && _writes.Reader.TryRead(out var write))
                waiting.Add(write);
            waiting = await Store(waiting);
            if (waiting.Count == 0)
            {
                wait = FirstWait;
                continue;
            }

            if (_stopping.IsCancellationRequested)
                return;
            await Task.Delay(wait, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        }
    }

    /// <returns>What must be written again.</returns>
    private async Task<List<Write>> Store(List<Write> writes)
    {
        List<Write> again = [];
        foreach (var store in writes.GroupBy(write => write.Store))
        {
            try
            {
                // Of several writes of one row the last one counts.
                await store.Key.Transact([.. store.GroupBy(write => write.Change.Key).Select(row => row.Last().Change)], CancellationToken.None);
                foreach (var write in store)
                    write.Done.SetResult();
            }
            catch (Exception failure)
            {
                Log.NotWritten(_logger, store.Count(), failure.Message);
                foreach (var write in store.Where(write => !write.UntilDone))
                    write.Done.SetException(failure);
                again.AddRange(store.Where(write => write.UntilDone));
            }
        }

        return again;
    }

    private sealed record Write(IStateStore Store, StateChange Change, bool UntilDone, TaskCompletionSource Done);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Rows} rows of jobs and reminders could not be written: {Reason}")]
        public static partial void NotWritten(ILogger logger, int rows, string reason);
    }
}
