using System.Text.Json;
using System.Threading.Channels;
using Npgsql;
using Platform.Sidecar.Postgres;

namespace Platform.Sidecar.PubSub.Embedded;

/// <summary>
/// Writes what is published. All callers share one writer: while a commit is under way the next batch gathers,
/// so that many publishers cost few commits, and a single one waits for none but its own.
/// </summary>
internal sealed class BrokerWriter : IAsyncDisposable
{
    private const int LargestBatch = 1000;
    private static readonly Dictionary<string, string> Nothing = [];

    private readonly NpgsqlDataSource _database;
    private readonly BrokerTables _tables;
    private readonly WakeListener _listener;
    private readonly Channel<Write> _queue = Channel.CreateUnbounded<Write>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _running;

    /// <param name="listener">Told of each consumer that has new messages, after their commit.</param>
    public BrokerWriter(NpgsqlDataSource database, BrokerTables tables, WakeListener listener)
    {
        (_database, _tables, _listener) = (database, tables, listener);
        _running = Run();
    }

    public Task Publish(IReadOnlyList<BrokerMessage> messages)
    {
        var write = new Write(messages, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        return _queue.Writer.TryWrite(write)
            ? write.Done.Task
            : Task.FromException(new InvalidOperationException("the broker is stopping"));
    }

    private async Task Run()
    {
        var batch = new List<Write>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            for (var count = 0; count < LargestBatch && _queue.Reader.TryRead(out var write); count += write.Messages.Count)
                batch.Add(write);
            if (!await TryCommit(batch) && batch.Count > 1)
            {
                // One bad message (a NUL in its key, say) must not fail those that happened to come with it.
                foreach (var write in batch)
                    await TryCommit([write]);
            }
        }
    }

    private async Task<bool> TryCommit(IReadOnlyList<Write> writes)
    {
        try
        {
            var consumers = await Transient.Retry(token => Insert([.. writes.SelectMany(write => write.Messages)], token), CancellationToken.None);
            foreach (var write in writes)
                write.Done.SetResult();
            consumers.ForEach(_listener.Wake);
            return true;
        }
        catch (Exception error)
        {
            var isLast = writes.Count == 1 || error is not PostgresException;
            foreach (var write in isLast ? writes : [])
                write.Done.SetException(error);
            return isLast;
        }
    }

    private async Task<List<string>> Insert(IReadOnlyList<BrokerMessage> messages, CancellationToken cancellationToken)
    {
        var insert = new NpgsqlBatchCommand(_tables.Insert);
        Add(insert, messages, message => message.Topic);
        Add(insert, messages, message => message.PartitionKey);
        Add(insert, messages, message => message.Payload.ToArray());
        Add(insert, messages, message => Kept(message.Metadata) is { Count: > 0 } metadata ? JsonSerializer.Serialize(metadata) : null);
        Add(insert, messages, message => message.TimeToLive?.TotalSeconds);
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _listener.Own });

        await using var batch = _database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(_tables.LockInserts));
        batch.BatchCommands.Add(insert);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return await Consumers(reader, cancellationToken);
    }

    // What has done its work by now is not told to the subscriber.
    private static Dictionary<string, string> Kept(IReadOnlyDictionary<string, string> metadata) => metadata.Count == 0 ? Nothing : metadata
        .Where(pair => pair.Key.ToLowerInvariant() is not ("partitionkey" or "ttlinseconds" or "ttl" or "rawpayload"))
        .Where(pair => !pair.Key.StartsWith("cloudevent.", StringComparison.OrdinalIgnoreCase))
        .ToDictionary();

    public static async Task<List<string>> Consumers(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var consumers = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
            consumers.Add(reader.GetString(0));
        return consumers;
    }

    private static void Add<T>(NpgsqlBatchCommand command, IReadOnlyList<BrokerMessage> messages, Func<BrokerMessage, T> column)
    {
        var values = new T[messages.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = column(messages[i]);
        command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = values });
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _running;
    }

    private sealed record Write(IReadOnlyList<BrokerMessage> Messages, TaskCompletionSource Done);
}
