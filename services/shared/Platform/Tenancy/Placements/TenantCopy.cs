using System.Data;
using Npgsql;

namespace Platform.Tenancy.Placements;

/// <summary>One tenant's rows on their way from one schema to another, in the same database or in two.</summary>
/// <param name="source">To the database that they lie in.</param>
/// <param name="target">To the one that they go to; the same connection where it is the same.</param>
/// <param name="tables">The tables, parents before children.</param>
/// <param name="from">The schema that they lie in.</param>
/// <param name="to">The schema that they go to.</param>
internal sealed class TenantCopy(MoveConnection source, MoveConnection target, IReadOnlyList<MovedTable> tables, string from, string to)
{
    private const int DeleteBatch = 2000;

    private bool IsOneDatabase => source == target;

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
    /// The last step, in transactions that nobody of the tenant runs beside: the difference, the rows that tables number themselves,
    /// and the proof that both sides are equal. What is equal already is left alone: all that the tenant does waits for this.
    /// </summary>
    /// <exception cref="MoveRefusedException">The copy of a table is not what was copied.</exception>
    public async Task<IReadOnlyList<TableFingerprint>> CompleteAsync(CancellationToken cancellationToken)
    {
        // Twice: what a task had taken at the first time may have put more work into another table.
        foreach (var table in tables.Where(table => table.IsWork).Concat(tables.Where(table => table.IsWork)))
            await source.ExecuteAsync(Here(table).LockRows, cancellationToken);
        var there = await FingerprintsAsync(source, from, tables, cancellationToken);
        var here = await FingerprintsAsync(target, to, tables, cancellationToken);
        List<MovedTable> differing = [.. tables.Where((_, at) => there[at] != here[at])];
        await StageAsync(differing, cancellationToken);
        await target.RunAsync("SET CONSTRAINTS ALL DEFERRED", cancellationToken);
        await SynchroniseAsync(differing.Where(table => !table.Numbered), cancellationToken);
        foreach (var table in differing.Where(table => table.Numbered))
            await target.ExecuteAsync(Sync(table).Append, cancellationToken);
        await target.RunAsync("SET CONSTRAINTS ALL IMMEDIATE", cancellationToken);
        Compare([.. there.Except(here)], await FingerprintsAsync(target, to, differing, cancellationToken));
        // Left there, tasks that work across tenants would take them a second time.
        foreach (var table in tables.Reverse().Where(table => table.IsWork))
            await source.ExecuteAsync(Here(table).Clear, cancellationToken);
        return there;
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
        await using var transaction = await target.Connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await using var snapshot = IsOneDatabase ? null : await source.Connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        // What tasks take without asking where the tenant lives comes with the last step: they would take the copies.
        List<MovedTable> copied = [.. tables.Where(table => !table.Numbered && !table.IsWork)];
        await StageAsync(copied, cancellationToken);
        await target.RunAsync("SET CONSTRAINTS ALL DEFERRED", cancellationToken);
        if (afresh)
        {
            foreach (var table in tables.Reverse())
                await target.ExecuteAsync(TableSync.Emptying($"{to}.{table.Name}", table), cancellationToken);
        }

        var rows = await SynchroniseAsync(copied, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return rows;
    }

    // Rows of another database are laid beside the target as they are, in PostgreSQL's own binary form.
    private async Task StageAsync(IEnumerable<MovedTable> staged, CancellationToken cancellationToken)
    {
        if (IsOneDatabase)
            return;
        foreach (var table in staged)
        {
            var sync = Sync(table);
            await target.RunAsync(sync.CreateStage, cancellationToken);
            await using (var reading = await source.Connection.BeginRawBinaryCopyAsync(sync.CopyOut(from, source.TenantId), cancellationToken))
            await using (var writing = await target.Connection.BeginRawBinaryCopyAsync(sync.CopyIn, cancellationToken))
                await reading.CopyToAsync(writing, cancellationToken);
            await target.RunAsync(sync.AnalyzeStage, cancellationToken);
        }
    }

    private async Task<long> SynchroniseAsync(IEnumerable<MovedTable> copied, CancellationToken cancellationToken)
    {
        var rows = 0L;
        var syncs = copied.Select(Sync).ToList();
        foreach (var sync in Enumerable.Reverse(syncs))
            rows += await target.ExecuteAsync(sync.Delete, cancellationToken);
        foreach (var sync in syncs)
        {
            if (sync.Update is { } update)
                rows += await target.ExecuteAsync(update, cancellationToken);
            rows += await target.ExecuteAsync(sync.Insert, cancellationToken);
        }

        return rows;
    }

    private static void Compare(IReadOnlyList<TableFingerprint> there, IReadOnlyList<TableFingerprint> copies)
    {
        foreach (var (table, copy) in there.Zip(copies).Where(pair => pair.First != pair.Second))
        {
            throw new MoveRefusedException(
                "COPY_DIFFERS", $"{table.Table}: {table.Rows} rows ({table.Hash}) became {copy.Rows} ({copy.Hash}). Nothing was switched.");
        }
    }

    // In one statement: there are many tables, and most are small.
    private static async Task<IReadOnlyList<TableFingerprint>> FingerprintsAsync(
        MoveConnection connection, string schema, IReadOnlyList<MovedTable> compared, CancellationToken cancellationToken)
    {
        var fingerprints = new TableFingerprint[compared.Count];
        if (compared.Count == 0)
            return fingerprints;
        await using var command = connection.Tenant(string.Join(" UNION ALL ", compared.Select((table, at) => TableSync.Fingerprint(schema, table, at))));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            fingerprints[reader.GetInt32(0)] = new TableFingerprint(compared[reader.GetInt32(0)].Name, reader.GetInt64(1), reader.GetString(2));
        return fingerprints;
    }

    // As the target's connection sees both sides.
    private TableSync Sync(MovedTable table) => new(table, IsOneDatabase ? from : TableSync.Staging, to);

    // As the source's connection sees its own.
    private TableSync Here(MovedTable table) => new(table, from, to);
}
