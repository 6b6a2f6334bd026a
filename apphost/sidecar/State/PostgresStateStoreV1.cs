using System.Globalization;
using System.Text;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Platform.Sidecar.Postgres;

namespace Platform.Sidecar.State;

/// <summary>Type <c>state.postgresql</c>, version v1: reads and writes the rows of installations that have not moved to v2.</summary>
internal sealed class PostgresStateStoreV1(NpgsqlDataSource database, PostgresStateTableV1 table, TimeSpan cleanupInterval, TimeProvider time)
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

    public Task<IReadOnlyList<StateEntry>> Get(IReadOnlyList<string> keys, CancellationToken cancellationToken) => Transient.Retry(async token =>
    {
        PostgresText.Check(keys);
        await using var command = database.CreateCommand(table.Read);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. keys] });
        await using var reader = await command.ExecuteReaderAsync(token);
        var found = new Dictionary<string, StateEntry>();
        while (await reader.ReadAsync(token))
        {
            var value = reader.GetString(1);
            found[reader.GetString(0)] = new StateEntry(
                reader.GetString(0),
                reader.GetBoolean(2) ? Convert.FromBase64String(JsonSerializer.Deserialize<string>(value)!) : Encoding.UTF8.GetBytes(value),
                reader.GetString(3),
                await reader.IsDBNullAsync(4, token) ? null : reader.GetFieldValue<DateTimeOffset>(4));
        }

        return (IReadOnlyList<StateEntry>)[.. keys.Distinct().Where(found.ContainsKey).Select(key => found[key])];
    }, cancellationToken);

    public async Task Transact(IReadOnlyList<StateChange> changes, CancellationToken cancellationToken)
    {
        if (changes.Count == 0)
            return;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var change in changes)
            batch.BatchCommands.Add(Command(change));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        for (var i = 0; i < changes.Count; i++)
        {
            if ((changes[i].ETag is not null || changes[i].FirstWrite) && batch.BatchCommands[i].RecordsAffected == 0)
                throw new StateConflictException(changes[i].ETag is not null ? "etag mismatch" : "no item was updated", changes[i].ETag is not null);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    public Task<int> DeleteWithPrefix(string prefix, CancellationToken cancellationToken) => Transient.Retry(async token =>
    {
        await using var command = database.CreateCommand(table.DeleteLike);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = LikePattern.StartsWith(prefix) });
        return await command.ExecuteNonQueryAsync(token);
    }, cancellationToken);

    public async Task<KeyPage> KeysLike(string pattern, string? after, int pageSize, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(table.KeysLike);
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

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _cleanup;
        _stopping.Dispose();
    }

    private NpgsqlBatchCommand Command(StateChange change)
    {
        if (change.ETag is { } etag && !uint.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            throw new InvalidETagException(etag);
        var command = new NpgsqlBatchCommand((change.Value, change.ETag) switch
        {
            (null, null) => table.Delete,
            (null, _) => table.DeleteMatching,
            (_, null) => change.FirstWrite ? table.Insert : table.Upsert,
            _ => table.UpdateMatching,
        });
        command.Parameters.Add(Text(change.Key));
        if (change.Value is { } value)
        {
            command.Parameters.Add(Text(change.IsJson ? Encoding.UTF8.GetString(value.Span) : $"\"{Convert.ToBase64String(value.Span)}\""));
            command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = !change.IsJson });
            command.Parameters.Add(new NpgsqlParameter { Value = change.Expiry?.TotalSeconds ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Double });
        }

        if (change.ETag is { } match)
            command.Parameters.Add(new NpgsqlParameter { Value = uint.Parse(match, CultureInfo.InvariantCulture), NpgsqlDbType = NpgsqlDbType.Xid });
        return command;
    }

    private async Task CleanUp(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(cleanupInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await using var command = database.CreateCommand(table.DeleteExpired);
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The sidecar stops.
        }
        catch (NpgsqlException)
        {
            // The database is away; expired rows are invisible anyway, and go when the sidecar starts again.
        }
    }

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value };
}
