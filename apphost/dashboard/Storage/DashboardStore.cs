using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Platform.Dashboard.Storage;

/// <summary>Keeps what the dashboard hears, in the order of hearing. One writes, many read.</summary>
internal sealed class DashboardStore : IAsyncDisposable
{
    private const int MostWaiting = 50_000;
    private const int MostAtOnce = 2_000;

    private readonly Channel<object> _waiting = Channel.CreateBounded<object>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest }, static lost => (lost as Work)?.Done.TrySetResult());
    private readonly Database _database;
    private readonly Limits _limits;
    private readonly Task _writing;

    public DashboardStore(string path, Limits? limits = null)
    {
        _database = new Database(path);
        _limits = limits ?? new Limits();
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Takes an entry; it can be read a moment later. Under more than the disk bears, the oldest that waits is lost.</summary>
    public void Add(Entry entry) => _waiting.Writer.TryWrite(entry);

    /// <summary>What is kept, for those who read.</summary>
    public Database Database => _database;

    /// <summary>Runs statements in turn with what is written, and returns when they are done.</summary>
    public Task RunAsync(Action<SqliteConnection> statements)
    {
        var work = new Work(statements, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        return _waiting.Writer.TryWrite(work) ? work.Done.Task : Task.CompletedTask;
    }

    /// <summary>Returns when everything added before can be read.</summary>
    public Task FlushAsync() => RunAsync(static _ => { });

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _writing;
        SqliteConnection.ClearAllPools();
    }

    private async Task WriteAsync()
    {
        using var connection = _database.Open();
        using var writer = new EntryWriter(connection, _limits);
        var batch = new List<object>(MostAtOnce);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            while (batch.Count < MostAtOnce && _waiting.Reader.TryRead(out var next))
                batch.Add(next);
            try
            {
                writer.Write([.. batch.OfType<Entry>()]);
            }
            catch (SqliteException)
            {
                // A full disk costs this batch; the application itself must not notice.
            }

            foreach (var work in batch.OfType<Work>())
                Run(work, connection);
            batch.Clear();
        }
    }

    private static void Run(Work work, SqliteConnection connection)
    {
        try
        {
            work.Statements(connection);
            work.Done.SetResult();
        }
        catch (SqliteException failure)
        {
            work.Done.SetException(failure);
        }
    }

    private sealed record Work(Action<SqliteConnection> Statements, TaskCompletionSource Done);
}
