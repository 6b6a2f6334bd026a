using Npgsql;
using NpgsqlTypes;
using Platform.Tenancy.Placements;

namespace Platform.Events;

/// <summary>A claimed row.</summary>
internal sealed record OutboxRow(
    long Id, Guid EventId, Guid TenantId, string Topic, string Type, Guid AggregateId, string Data, string? TraceParent, DateTimeOffset CreateTime, string CausedBy, int Attempts);

/// <summary>What is to be published next, and whether rows of the bulk lane wait.</summary>
internal sealed record OutboxClaim(List<OutboxRow> Rows, bool BulkWaits);

/// <summary>The relay's statements; they run with the relay's setting, which opens the outbox of all tenants and nothing else.</summary>
internal static class OutboxTable
{
    public const string Name = "outbox_messages";

    // What the planner knows of an outbox is that it is empty, as it nearly always is: left to itself it would sort the 100,000 rows
    // of an import for each batch, instead of reading the first of them from the index.
    private const string Lock = """
        SELECT set_config('platform.relay', 'on', true), pg_try_advisory_xact_lock(hashtext('platform.outbox')), platform.enter_place($1),
            set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true)
        """;

    private const string Columns = "id, event_id, tenant_id, topic, type, aggregate_id, data, trace_parent, create_time, caused_by, attempts";

    // A row waits until one of its aggregate that was refused before it is through; earlier ones of the other lane go with it, so
    // that it overtakes none. A batch that they fill ends before it. The ids are an array, and both lanes are named, for the index.
    private const string ClaimPrompt = $"""
        WITH due AS MATERIALIZED (
            SELECT id, tenant_id, aggregate_id FROM outbox_messages AS row
            WHERE NOT is_bulk AND dead_time IS NULL AND next_attempt_time <= now() AND NOT EXISTS (
                SELECT FROM outbox_messages AS earlier
                WHERE earlier.tenant_id = row.tenant_id AND earlier.aggregate_id = row.aggregate_id AND earlier.id < row.id
                  AND earlier.dead_time IS NULL AND (earlier.attempts > 0 OR earlier.next_attempt_time > now()))
            ORDER BY id LIMIT $1)
        SELECT {Columns} FROM outbox_messages
        WHERE is_bulk IN (false, true) AND dead_time IS NULL AND id = ANY (ARRAY(
            SELECT id FROM due
            UNION
            SELECT earlier.id FROM due CROSS JOIN LATERAL (
                SELECT id FROM outbox_messages AS ahead
                WHERE ahead.tenant_id = due.tenant_id AND ahead.aggregate_id = due.aggregate_id AND ahead.id < due.id AND ahead.dead_time IS NULL
                ORDER BY id LIMIT $1) AS earlier
            ORDER BY id LIMIT $1))
        ORDER BY id FOR UPDATE SKIP LOCKED
        """;

    private const string BulkWaits = """
        SELECT EXISTS (SELECT FROM outbox_messages WHERE is_bulk AND dead_time IS NULL AND next_attempt_time <= now())
        """;

    // Nor does a row of this lane overtake one of the other.
    private const string ClaimBulk = $"""
        SELECT {Columns} FROM outbox_messages AS row
        WHERE is_bulk AND dead_time IS NULL AND next_attempt_time <= now() AND NOT EXISTS (
            SELECT FROM outbox_messages AS earlier
            WHERE earlier.tenant_id = row.tenant_id AND earlier.aggregate_id = row.aggregate_id AND earlier.id < row.id
              AND earlier.dead_time IS NULL AND (NOT earlier.is_bulk OR earlier.attempts > 0 OR earlier.next_attempt_time > now()))
        ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED
        """;

    private const string Delete = "DELETE FROM outbox_messages WHERE is_bulk IN (false, true) AND dead_time IS NULL AND id = ANY($1)";

    private const string BackOff = """
        UPDATE outbox_messages SET attempts = attempts + 1, last_error = $3,
            next_attempt_time = now() + least(interval '5 minutes', interval '1 second' * power(2, least(attempts, 10))),
            dead_time = CASE WHEN attempts + 1 >= $4 THEN now() END
        WHERE tenant_id = $1 AND id = $2
        """;

    /// <summary>Takes the turn of this outbox until the transaction ends; false where another process has it.</summary>
    public static async Task<bool> TryLockAsync(NpgsqlConnection connection, WorkPlace place, CancellationToken cancellationToken)
    {
        await using var locking = new NpgsqlCommand(Lock, connection) { Parameters = { new() { Value = place.Schema } } };
        await using var reader = await locking.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) && reader.GetBoolean(1);
    }

    /// <summary>What somebody waits for.</summary>
    public static async Task<OutboxClaim> ClaimPromptAsync(NpgsqlConnection connection, int limit, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { new NpgsqlBatchCommand(ClaimPrompt) { Parameters = { new() { Value = limit } } }, new NpgsqlBatchCommand(BulkWaits) },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var rows = await ReadAsync(reader, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return new OutboxClaim(rows, await reader.ReadAsync(cancellationToken) && reader.GetBoolean(0));
    }

    /// <summary>The next of those that were written many at once.</summary>
    public static async Task<OutboxClaim> ClaimBulkAsync(NpgsqlConnection connection, int limit, CancellationToken cancellationToken)
    {
        await using var claim = new NpgsqlCommand(ClaimBulk, connection) { Parameters = { new() { Value = limit } } };
        await using var reader = await claim.ExecuteReaderAsync(cancellationToken);
        return new OutboxClaim(await ReadAsync(reader, cancellationToken), BulkWaits: false);
    }

    public static async Task SettleAsync(
        NpgsqlConnection connection, List<OutboxRow> rows, IReadOnlyDictionary<long, string> failures, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        var published = rows.Where(row => !failures.ContainsKey(row.Id)).Select(row => row.Id).ToArray();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Delete) { Parameters = { new() { Value = published, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint } } });
        foreach (var row in rows.Where(row => failures.ContainsKey(row.Id)))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(BackOff)
            {
                Parameters = { new() { Value = row.TenantId }, new() { Value = row.Id }, new() { Value = failures[row.Id] }, new() { Value = OutboxRelay.MaxAttempts } },
            });
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<List<OutboxRow>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var rows = new List<OutboxRow>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(Read(reader));
        return rows;
    }

    private static OutboxRow Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetGuid(1), row.GetGuid(2), row.GetString(3), row.GetString(4), row.GetGuid(5), row.GetString(6),
        row.IsDBNull(7) ? null : row.GetString(7), row.GetFieldValue<DateTimeOffset>(8), row.GetString(9), row.GetInt32(10));
}
