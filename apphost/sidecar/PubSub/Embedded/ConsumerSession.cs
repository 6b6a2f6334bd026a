using Npgsql;
using NpgsqlTypes;

namespace Platform.Sidecar.PubSub.Embedded;

/// <summary>
/// Serves one consumer for as long as its share of the messages holds. Rows are read in the order of their ids and dealt out to lanes;
/// a lane that fails waits by itself, all others go on. Nothing is marked in the table: what a crash leaves is read again.
/// </summary>
internal sealed class ConsumerSession(
    NpgsqlDataSource database, BrokerTables tables, BrokerOptions options, Consumer consumer, long[]? slots, Signal wake, LaneRunner runner)
{
    private const int BatchSize = 256;
    private static readonly TimeSpan FirstPoll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SlowestPoll = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Window _window = new(options, wake);
    private readonly Dictionary<string, Lane> _lanes = [];
    private readonly HashSet<Task> _running = [];
    private readonly string[] _topics = [.. consumer.Topics.Select(topic => topic.Topic)];
    private long _cursor;

    /// <summary>Returns, or throws when the database fails, after all lanes have ended.</summary>
    public async Task Run(CancellationToken stopping)
    {
        // An error ends the session: its lanes must end as well, since the next session reads the same rows again.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        try
        {
            await ReadOn(ending.Token);
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(Running());
        }
    }

    private async Task ReadOn(CancellationToken ending)
    {
        var poll = FirstPoll;
        while (!ending.IsCancellationRequested)
        {
            var room = _window.Room(BatchSize);
            var rows = room > 0 ? await Read(room, ending) : [];
            Deal(rows, ending);
            if (rows.Count > 0 && rows.Count == room)
                continue;
            // Every publish wakes, also that of another process; the poll is for what the listener may have missed.
            poll = await wake.Wait(poll, ending) || rows.Count > 0 ? FirstPoll : Min(poll * 2, SlowestPoll);
        }
    }

    private async Task<List<QueueRow>> Read(int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(tables.Read);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = consumer.Id });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = _cursor });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = _topics });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)slots ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        return await QueueRow.Read(command, cancellationToken);
    }

    private void Deal(List<QueueRow> rows, CancellationToken ending)
    {
        lock (_lock)
        {
            foreach (var row in rows)
            {
                _cursor = row.Id;
                var key = row.PartitionKey is null ? null : $"{row.Topic}\n{row.PartitionKey}";
                if (key is not null && _lanes.TryGetValue(key, out var lane))
                {
                    _window.Hold(lane.TryAdd(row) ? 1 : 0);
                    continue;
                }

                lane = new Lane(key);
                lane.Add(row);
                _window.Hold(1);
                if (key is not null)
                    _lanes.Add(key, lane);
                Start(lane, ending);
            }
        }
    }

    private void Start(Lane lane, CancellationToken ending)
    {
        var task = Task.Run(() => Serve(lane, ending), CancellationToken.None);
        _running.Add(task);
        task.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void Forget(Task task)
    {
        lock (_lock)
            _running.Remove(task);
    }

    private Task[] Running()
    {
        lock (_lock)
            return [.. _running];
    }

    private async Task Serve(Lane lane, CancellationToken ending)
    {
        try
        {
            while (!ending.IsCancellationRequested && await Next(lane, ending) is { } row)
            {
                var isBlocked = false;
                await runner.Run(row, () => isBlocked = Block(lane, row, isBlocked), ending);
                _window.Release(isBlocked);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // What was not delivered is still in the table.
        }
    }

    private async Task<QueueRow?> Next(Lane lane, CancellationToken ending)
    {
        long upTo;
        lock (_lock)
        {
            if (lane.Take() is { } row)
                return row;
            if (!lane.HasMoreInTable)
            {
                if (lane.Key is not null)
                    _lanes.Remove(lane.Key);
                return null;
            }

            upTo = _cursor;
        }

        return await Refill(lane, upTo, ending);
    }

    // Until all up to the cursor is in, Deal leaves rows of this key in the table: they would overtake.
    private async Task<QueueRow?> Refill(Lane lane, long upTo, CancellationToken ending)
    {
        var rows = await runner.UntilItWorks(token => ReadKey(lane.Last!, upTo, token), ending);
        if (rows is null)
            return null;
        lock (_lock)
        {
            lane.HasMoreInTable = rows.Count == BatchSize || _cursor != upTo;
            rows.ForEach(lane.Add);
            _window.Hold(rows.Count);
        }

        return await Next(lane, ending);
    }

    private async Task<List<QueueRow>> ReadKey(QueueRow last, long upTo, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(tables.ReadKey);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = consumer.Id });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = last.Id });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = upTo });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = last.Topic });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = last.PartitionKey! });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = BatchSize });
        return await QueueRow.Read(command, cancellationToken);
    }

    // At its first failure a message lets go of those behind it.
    private bool Block(Lane lane, QueueRow row, bool wasBlocked)
    {
        if (wasBlocked)
            return true;
        int letGo;
        lock (_lock)
            letGo = lane.Shed(row);
        _window.Block(letGo);
        return true;
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
