using System.Data;
using Npgsql;

namespace Platform.Tenancy.Placements;

/// <summary>One tenant's rows on their way from one schema to another.</summary>
internal sealed class TenantCopy(MoveConnection connection, IReadOnlyList<MovedTable> tables, string from, string to)
{
    private const int DeleteBatch = 2000;

    /// <summary>
    /// Makes the target equal to a snapshot of the source, without a lock that anybody waits for; how many rows differed. References
    /// are checked at the commit, when the picture is complete.
    /// </summary>
    public async Task<long> CatchUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await SnapshotAsync(afresh: false, cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Two rows have exchanged a unique value: changed one after the other they are in each other's way.
            return await SnapshotAsync(afresh: true, cancellationToken);
        }
    }

    /// <summary>
    /// The last step, in a transaction that nobody of the tenant runs beside: the difference, the rows that tables number themselves,
    /// and the proof that both sides are equal.
    /// </summary>
    public async Task<IReadOnlyList<TableFingerprint>> CompleteAsync(CancellationToken cancellationToken)
    {
        // Twice: what a task had taken at the first time may have put more work into another table.
        foreach (var table in tables.Where(table => table.IsWork).Concat(tables.Where(table => table.IsWork)))
            await connection.ExecuteAsync(Sync(table).LockRows, cancellationToken);
        await connection.RunAsync("SET CONSTRAINTS ALL DEFERRED", cancellationToken);
        await SynchroniseAsync(cancellationToken);
        foreach (var table in tables.Where(table => table.Numbered))
            await connection.ExecuteAsync(Sync(table).Append, cancellationToken);
        await connection.RunAsync("SET CONSTRAINTS ALL IMMEDIATE", cancellationToken);
        var fingerprints = await CompareAsync(cancellationToken);
        // Left there, tasks that work across tenants would take them a second time.
        foreach (var table in tables.Reverse().Where(table => table.IsWork))
            await connection.ExecuteAsync(Sync(table).Clear, cancellationToken);
        return fingerprints;
    }

    /// <summary>Deletes the tenant's rows in a schema that it does not live in, some at a time; how many there were.</summary>
    public static async Task<long> EmptyAsync(MoveConnection connection, string schema, CancellationToken cancellationToken)
    {
        var removed = 0L;
        foreach (var table in (await MovedTable.ListAsync(connection.Connection, schema, cancellationToken)).Reverse())
        {
            for (var batch = DeleteBatch; batch >= DeleteBatch; removed += batch)
                batch = await connection.ExecuteAsync(TableSync.Emptying($"{schema}.{table.Name}", table, DeleteBatch), cancellationToken);
        }

        return removed;
    }

    private async Task<long> SnapshotAsync(bool afresh, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.Connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await connection.RunAsync("SET CONSTRAINTS ALL DEFERRED", cancellationToken);
        if (afresh)
        {
            foreach (var table in tables.Reverse())
                await connection.ExecuteAsync(TableSync.Emptying($"{to}.{table.Name}", table), cancellationToken);
        }

        var rows = await SynchroniseAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return rows;
    }

    private async Task<long> SynchroniseAsync(CancellationToken cancellationToken)
    {
        var rows = 0L;
        var copied = tables.Where(table => !table.Numbered).Select(Sync).ToList();
        foreach (var sync in Enumerable.Reverse(copied))
            rows += await connection.ExecuteAsync(sync.Delete, cancellationToken);
        foreach (var sync in copied)
        {
            if (sync.Update is { } update)
                rows += await connection.ExecuteAsync(update, cancellationToken);
            rows += await connection.ExecuteAsync(sync.Insert, cancellationToken);
        }

        return rows;
    }

    private async Task<IReadOnlyList<TableFingerprint>> CompareAsync(CancellationToken cancellationToken)
    {
        var fingerprints = new List<TableFingerprint>();
        foreach (var table in tables)
        {
            var (source, target) = (await FingerprintAsync(from, table, cancellationToken), await FingerprintAsync(to, table, cancellationToken));
            if (source != target)
            {
                throw new MoveRefusedException(
                    "COPY_DIFFERS", $"{table.Name}: {source.Rows} rows ({source.Hash}) became {target.Rows} ({target.Hash}). Nothing was switched.");
            }

            fingerprints.Add(target);
        }

        return fingerprints;
    }

    private async Task<TableFingerprint> FingerprintAsync(string schema, MovedTable table, CancellationToken cancellationToken)
    {
        await using var command = connection.Tenant(TableSync.Fingerprint(schema, table));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new TableFingerprint(table.Name, reader.GetInt64(0), reader.GetString(1));
    }

    private TableSync Sync(MovedTable table) => new(table, from, to);
}
