using Npgsql;
using NpgsqlTypes;
using Platform.Tenancy.Placements;

namespace Platform.Events;

/// <summary>A claimed row.</summary>
internal sealed record OutboxRow(
    long Id, Guid EventId, Guid TenantId, string Topic, string Type, Guid AggregateId, string Data, string? TraceParent, DateTimeOffset CreateTime, string CausedBy);

/// <summary>The relay's statements; they run with the relay's setting, which opens the outbox of all tenants and nothing else.</summary>
internal static class OutboxTable
{
    public const string Name = "outbox_messages";

    private const string Lock = """
        SELECT set_config('platform.relay', 'on', true), pg_try_advisory_xact_lock(hashtext('platform.outbox')), platform.enter_place($1)
        """;

    // A row waits while an earlier one of its aggregate waits for its next attempt.
    private const string Claim = """
        SELECT id, event_id, tenant_id, topic, type, aggregate_id, data, trace_parent, create_time, caused_by
        FROM outbox_messages AS row
        WHERE dead_time IS NULL AND next_attempt_time <= now() AND NOT EXISTS (
            SELECT FROM outbox_messages AS earlier
            WHERE earlier.tenant_id = row.tenant_id AND earlier.aggregate_id = row.aggregate_id AND earlier.id < row.id
              AND earlier.dead_time IS NULL AND earlier.next_attempt_time > now())
        ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED
        """;

    private const string Delete = "DELETE FROM outbox_messages WHERE id = ANY($1)";

    private const string BackOff = """
        UPDATE outbox_messages SET attempts = attempts + 1, last_error = $2,
            next_attempt_time = now() + least(interval '5 minutes', interval '1 second' * power(2, least(attempts, 10))),
            dead_time = CASE WHEN attempts + 1 >= $3 THEN now() END
        WHERE id = $1
        """;

    public static async Task<List<OutboxRow>> ClaimAsync(NpgsqlConnection connection, WorkPlace place, int limit, CancellationToken cancellationToken)
    {
        await using (var locking = new NpgsqlCommand(Lock, connection) { Parameters = { new() { Value = place.Schema } } })
        await using (var reader = await locking.ExecuteReaderAsync(cancellationToken))
        {
            if (!await reader.ReadAsync(cancellationToken) || !reader.GetBoolean(1))
                return [];
        }

        await using var claim = new NpgsqlCommand(Claim, connection) { Parameters = { new() { Value = limit } } };
        await using var rows = await claim.ExecuteReaderAsync(cancellationToken);
        var claimed = new List<OutboxRow>();
        while (await rows.ReadAsync(cancellationToken))
            claimed.Add(Read(rows));
        return claimed;
    }

    public static async Task SettleAsync(
        NpgsqlConnection connection, List<OutboxRow> rows, IReadOnlyDictionary<long, string> failures, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        var published = rows.Where(row => !failures.ContainsKey(row.Id)).Select(row => row.Id).ToArray();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Delete) { Parameters = { new() { Value = published, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint } } });
        foreach (var (id, error) in failures)
            batch.BatchCommands.Add(new NpgsqlBatchCommand(BackOff) { Parameters = { new() { Value = id }, new() { Value = error }, new() { Value = OutboxRelay.MaxAttempts } } });
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static OutboxRow Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetGuid(1), row.GetGuid(2), row.GetString(3), row.GetString(4), row.GetGuid(5), row.GetString(6),
        row.IsDBNull(7) ? null : row.GetString(7), row.GetFieldValue<DateTimeOffset>(8), row.GetString(9));
}
