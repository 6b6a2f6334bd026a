using Microsoft.EntityFrameworkCore;
using Platform.CustomFields.Computing;
using Platform.Data;

namespace Platform.CustomFields.RollUps;

/// <summary>
/// Counts records that are older than a roll-up, and those that somebody wrote who did not know it. Each record counts once,
/// however often it is looked at.
/// </summary>
/// <param name="db">The unit of work, in a transaction.</param>
/// <param name="child">The kind of record that is counted.</param>
/// <param name="key">The stored key of the roll-up.</param>
/// <param name="table">The records' table.</param>
/// <param name="ofKind">Which rows of the table they are, as a condition in SQL that begins with AND; empty for all.</param>
internal sealed class RollUpCount(PlatformDbContext db, string child, string key, string table, string ofKind)
{
    /// <summary>The next records.</summary>
    public Task<List<Guid>> NextAsync(Guid after, int count, CancellationToken cancellationToken)
    {
        var sql = $"SELECT id AS \"Value\" FROM {table} WHERE tenant_id = {{0}} AND id > {{1}}{ofKind} ORDER BY id LIMIT {count}";
        return db.Database.SqlQueryRaw<Guid>(sql, db.Caller.RequiredTenantId, after).ToListAsync(cancellationToken);
    }

    /// <summary>The same, of those that were written by somebody who did not know the roll-up.</summary>
    public Task<List<Guid>> NextUnknownAsync(Guid after, int count, CancellationToken cancellationToken)
    {
        var sql = $$"""
            SELECT id AS "Value" FROM {{table}} WHERE tenant_id = {0} AND id > {1}{{ofKind}}
                AND id IN (SELECT child_id FROM roll_up_inputs WHERE tenant_id = {0} AND roll_up = {2} AND is_unknown) ORDER BY id LIMIT {{count}}
            """;
        return db.Database.SqlQueryRaw<Guid>(sql, db.Caller.RequiredTenantId, after, key).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Those of them, up to the first one that somebody writes just now, held until the end of the transaction; none where others
    /// write for long. Who writes may be waiting for the row of this work, and so is not waited for.
    /// </summary>
    public async Task<List<Guid>> HoldAsync(List<Guid> ids, CancellationToken cancellationToken)
    {
        var sql = $"SELECT id AS \"Value\" FROM {table} WHERE tenant_id = {{0}} AND id = ANY ({{1}}) FOR NO KEY UPDATE SKIP LOCKED";
        if (!await RollUpOrder.TryHoldAsync(db, child, cancellationToken))
            return [];
        var held = ids.Count == 0 ? [] : (await db.Database.SqlQueryRaw<Guid>(sql, db.Caller.RequiredTenantId, ids.ToArray()).ToListAsync(cancellationToken)).ToHashSet();
        return [.. ids.TakeWhile(held.Contains)];
    }

    /// <summary>Counts them.</summary>
    public async Task CountAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await new Recomputation(db, child, table, ofKind).ComputeAsync(ids, cancellationToken);
        // What the records had already is no change that PostgreSQL sees.
        var keep = RollUpField.IsKeyAcross(key, child) ? "platform.tell_roll_up_input(tenant_id, {1}, id)" : "platform.keep_roll_up_input(tenant_id, {1}, id, custom_fields -> {1}, 0)";
        var sql = $$"""
            SELECT count(*) FROM (SELECT {{keep}}
                FROM (SELECT tenant_id, id, custom_fields FROM {{table}} WHERE tenant_id = {0} AND id = ANY ({2}) ORDER BY id OFFSET 0) AS record) AS counted
            """;
        await db.Database.ExecuteSqlRawAsync(sql, [db.Caller.RequiredTenantId, key, ids.ToArray()], cancellationToken);
    }
}
