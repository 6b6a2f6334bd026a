using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Platform.Sidecar.Postgres;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.State;

/// <summary>Type <c>state.postgresql</c>, version v2: the rows that daprd's component of that name and version writes.</summary>
internal sealed class PostgresStateStore(NpgsqlDataSource database, PostgresStateTable table, TimeSpan cleanupInterval, TimeProvider time)
    : IStateStore, IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _cleanup = Task.CompletedTask;

    public IReadOnlyList<string> Capabilities { get; } = ["ETAG", "TRANSACTIONAL", "TTL", "KEYS_LIKE", "DELETE_WITH_PREFIX"];

    public async Task Start(CancellationToken cancellationToken)
    {
        await table.Create(database, cancellationToken);
        if (cleanupInterval > TimeSpan.Zero)
            _cleanup = CleanUp(_stopping.Token);
    }

    public async Task<IReadOnlyList<StateEntry>> Get(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        PostgresText.Check(keys);
        var found = await Transient.Retry(token => Read(keys, token), cancellationToken);
        if (keys.Count <= 1 || found.Count <= 1)
            return found;
        var byKey = found.ToDictionary(entry => entry.Key);
        return [.. keys.Distinct().Where(byKey.ContainsKey).Select(key => byKey[key])];
    }

    public Task Transact(IReadOnlyList<StateChange> changes, CancellationToken cancellationToken)
    {
        if (changes.Count == 0)
            return Task.CompletedTask;
        var guarded = changes.Any(change => change.ETag is not null || change.FirstWrite);
        return guarded || changes.Select(change => change.Key).Distinct().Count() != changes.Count
            ? OneByOne(changes, cancellationToken)
            // Blind writes may be repeated when the connection broke before the answer came.
            : Transient.Retry(token => AsSets(changes, token), cancellationToken);
    }

    public Task<int> DeleteWithPrefix(string prefix, CancellationToken cancellationToken) => Transient.Retry(async token =>
    {
        await using var command = database.CreateCommand($"DELETE FROM {table.Name} WHERE key LIKE $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = LikePattern.StartsWith(prefix) });
        return await command.ExecuteNonQueryAsync(token);
    }, cancellationToken);

    public async Task<KeyPage> KeysLike(string pattern, string? after, int pageSize, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"SELECT key, row_id FROM {table.Name} WHERE key LIKE $1 AND row_id > $2 AND (expires_at IS NULL OR expires_at > now()) ORDER BY row_id LIMIT $3");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = pattern });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after is null ? 0 : long.Parse(after, CultureInfo.InvariantCulture) });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = pageSize });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (keys, last) = (new List<string>(), 0L);
        while (await reader.ReadAsync(cancellationToken))
        {
            keys.Add(reader.GetString(0));
            last = reader.GetInt64(1);
        }

        return new KeyPage(keys, keys.Count < pageSize ? null : last.ToString(CultureInfo.InvariantCulture));
    }

    private async Task<List<StateEntry>> Read(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(keys.Count == 1 ? table.ReadOne : table.ReadMany);
        command.Parameters.Add(keys.Count == 1 ? Text(keys[0]) : new NpgsqlParameter<string[]> { TypedValue = [.. keys] });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var entries = new List<StateEntry>(keys.Count);
        while (await reader.ReadAsync(cancellationToken))
        {
            entries.Add(new StateEntry(
                reader.GetString(0),
                reader.GetFieldValue<byte[]>(1),
                reader.GetGuid(2).ToString(),
                await reader.IsDBNullAsync(3, cancellationToken) ? null : reader.GetFieldValue<DateTimeOffset>(3)));
        }

        return entries;
    }

    // One round trip and one implicit transaction, however many rows there are.
    private async Task AsSets(IReadOnlyList<StateChange> changes, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        // Sorted, so that two writers of the same keys never wait for each other in a ring.
        var upserts = changes.Where(change => change.Value is not null).OrderBy(change => change.Key, StringComparer.Ordinal).ToArray();
        var deletes = changes.Where(change => change.Value is null).Select(change => change.Key).Order(StringComparer.Ordinal).ToArray();
        if (upserts.Length == 1)
        {
            batch.BatchCommands.Add(Command(upserts[0]));
        }
        else if (upserts.Length > 1)
        {
            var command = new NpgsqlBatchCommand(table.UpsertMany);
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. upserts.Select(change => change.Key)] });
            command.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = [.. upserts.Select(change => Bytes(change.Value!.Value))] });
            command.Parameters.Add(new NpgsqlParameter<double?[]> { TypedValue = [.. upserts.Select(change => change.Expiry?.TotalSeconds)] });
            batch.BatchCommands.Add(command);
        }

        if (deletes.Length > 0)
        {
            var command = new NpgsqlBatchCommand(table.DeleteMany);
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = deletes });
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task OneByOne(IReadOnlyList<StateChange> changes, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var change in changes)
            batch.BatchCommands.Add(Command(change));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        for (var i = 0; i < changes.Count; i++)
        {
            if ((changes[i].ETag is not null || changes[i].FirstWrite) && batch.BatchCommands[i].RecordsAffected == 0)
                throw Conflict(changes[i].ETag is not null);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private NpgsqlBatchCommand Command(StateChange change)
    {
        var etag = change.ETag is null ? (Guid?)null : Guid.TryParse(change.ETag, out var parsed) ? parsed : throw Conflict(isETagMismatch: true);
        var command = new NpgsqlBatchCommand((change.Value, etag) switch
        {
            (null, null) => table.Delete,
            (null, _) => table.DeleteMatching,
            (_, null) => change.FirstWrite ? table.Insert : table.Upsert,
            _ => table.UpdateMatching,
        });
        command.Parameters.Add(Text(change.Key));
        if (change.Value is { } value)
        {
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = Bytes(value) });
            command.Parameters.Add(new NpgsqlParameter { Value = change.Expiry?.TotalSeconds ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Double });
        }

        if (etag is { } match)
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = match });
        return command;
    }

    private async Task CleanUp(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(cleanupInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                await CleanUpOnce(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The sidecar stops.
        }
    }

    private async Task CleanUpOnce(CancellationToken cancellationToken)
    {
        try
        {
            await table.DeleteExpired(database, cleanupInterval, cancellationToken);
        }
        catch (NpgsqlException)
        {
            // The database is away; expired rows are invisible anyway and go with the next turn.
        }
    }

    private static StateConflictException Conflict(bool isETagMismatch) =>
        new(isETagMismatch ? "etag mismatch" : "no item was updated", isETagMismatch);

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value };

    private static byte[] Bytes(ReadOnlyMemory<byte> value) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(value, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length
            ? segment.Array
            : value.ToArray();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _cleanup;
        _stopping.Dispose();
    }
}
