using Google.Protobuf;
using Npgsql;
using NpgsqlTypes;
using Platform.Events;
using Platform.Tenancy;
using Platform.Tenancy.Placements;

namespace Platform.Auditing;

/// <summary>An entry that was claimed.</summary>
internal sealed record ClaimedEntry(Guid TenantId, long Position, Guid EntryId, byte[] ContentHash);

/// <summary>The end of a tenant's chain.</summary>
internal readonly record struct ChainHead(long Sequence, byte[] Hash);

/// <summary>The sealer's statements. What waits is seen across tenants, a chain only within its own.</summary>
internal static class SealTable
{
    private const string Lock = "SELECT pg_try_advisory_xact_lock(hashtext('platform.audit'))";

    // Locked, so that the move of a tenant waits for the seal of what was taken, and what it has locked is left alone.
    private const string Claim = "SELECT tenant_id, position, entry_id, content_hash FROM audit_unsealed ORDER BY tenant_id, position LIMIT $1 FOR UPDATE SKIP LOCKED";

    private const string EnterTenant = "SELECT set_config('platform.tenant_id', $1, true)";
    private const string Last = "SELECT sequence, hash FROM audit_seals WHERE tenant_id = $1 ORDER BY sequence DESC LIMIT 1";

    private const string Insert = """
        INSERT INTO audit_seals (tenant_id, sequence, entry_id, previous_hash, hash, seal_time)
        SELECT $1, row.sequence, row.entry_id, row.previous_hash, row.hash, $6
        FROM unnest($2, $3, $4, $5) AS row (sequence, entry_id, previous_hash, hash)
        """;

    private const string Settle = "DELETE FROM audit_unsealed WHERE tenant_id = $1 AND position = ANY($2)";

    private const string Publish = """
        INSERT INTO outbox_messages (tenant_id, event_id, topic, type, aggregate_id, data, create_time, attempts, next_attempt_time, caused_by)
        VALUES ($1, $2, $3, $4, $1, $5, $6, 0, $6, '')
        """;

    /// <summary>What waits, oldest first a tenant; null while another sealer works.</summary>
    public static async Task<List<ClaimedEntry>?> ClaimAsync(NpgsqlConnection connection, WorkPlace place, int limit, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { new NpgsqlBatchCommand(CrossTenantWork.Open), new NpgsqlBatchCommand(Lock), place.Enter() },
        };
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            await reader.NextResultAsync(cancellationToken);
            if (!await reader.ReadAsync(cancellationToken) || !reader.GetBoolean(0))
                return null;
        }

        await using var claim = new NpgsqlCommand(Claim, connection) { Parameters = { new() { Value = limit } } };
        await using var rows = await claim.ExecuteReaderAsync(cancellationToken);
        var claimed = new List<ClaimedEntry>();
        while (await rows.ReadAsync(cancellationToken))
            claimed.Add(new ClaimedEntry(rows.GetGuid(0), rows.GetInt64(1), rows.GetGuid(2), rows.GetFieldValue<byte[]>(3)));
        return claimed;
    }

    /// <summary>Enters the tenant for the rest of the transaction; the end of its chain, null where none has begun.</summary>
    public static async Task<ChainHead?> HeadAsync(NpgsqlConnection connection, Guid tenant, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(EnterTenant) { Parameters = { new() { Value = tenant.ToString() } } },
                new NpgsqlBatchCommand(Last) { Parameters = { new() { Value = tenant } } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new ChainHead(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)) : null;
    }

    /// <summary>Writes the links, takes their entries off the waiting list and tells of the new head, in one round trip.</summary>
    public static async Task WriteAsync(
        NpgsqlConnection connection,
        List<ClaimedEntry> entries,
        List<AuditSeal> seals,
        Audit.V1.HeadSealed head,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var tenant = entries[0].TenantId;
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Command(
            Insert,
            tenant,
            seals.ConvertAll(seal => seal.Sequence).ToArray(),
            seals.ConvertAll(seal => seal.EntryId).ToArray(),
            seals.ConvertAll(seal => seal.PreviousHash).ToArray(),
            seals.ConvertAll(seal => seal.Hash).ToArray(),
            now));
        batch.BatchCommands.Add(Command(Settle, tenant, entries.ConvertAll(entry => entry.Position).ToArray()));
        var descriptor = Audit.V1.HeadSealed.Descriptor;
        batch.BatchCommands.Add(Command(
            Publish, tenant, Guid.CreateVersion7(now), EventNames.TopicOf(descriptor), descriptor.FullName, JsonFormatter.Default.Format(head), now));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlBatchCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            var parameter = new NpgsqlParameter { Value = value };
            if (value is byte[][])
                parameter.NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
