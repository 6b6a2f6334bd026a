using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.CustomFields.Computing;
using Platform.CustomFields.Numbering;
using Platform.CustomFields.RollUps;
using Platform.CustomFields.RollUps.Across;
using Platform.CustomFields.V1;
using Platform.Data;

namespace Platform.CustomFields.Values;

/// <summary>The work on one field of one company.</summary>
internal sealed class IndexWork(PlatformDbContext db, string resource, string key)
{
    private const int BatchSize = 1_000;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    // By then every replica knows the fields as they are.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(10);

    // Somebody writes the next record just now.
    private bool _isHeldUp;

    /// <summary>Works until all is done.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Who began to write before the index was there may not have seen it.
        await db.WaitForWritersAsync(cancellationToken);
        while (await db.InTransactionAsync(() => StepAsync(cancellationToken), cancellationToken))
        {
            db.ChangeTracker.Clear();
            if (_isHeldUp)
                await Task.Delay(Look, db.Time, cancellationToken);
        }
    }

    // Holds the row of the index, so that nobody changes what is to be done meanwhile; whether more is left.
    private async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        var rows = await db.Set<CustomFieldIndex>().FromSql($"SELECT * FROM custom_field_indexes WHERE resource = {resource} AND field_key = {key} FOR UPDATE").ToListAsync(cancellationToken);
        if (rows is not [{ DueTime: not null } index])
            return false;
        // What has changed since this work began is what is wanted: who changed it has held the row before.
        if (index.State is IndexState.Computing or IndexState.Sweeping && db.Fields is { } directory)
            db.Caller.CustomFields = await directory.GetAsync(db.Caller, cancellationToken);
        if (IsToCount(index) && db.Resources.All(known => known.Find(resource) is null))
        {
            await new RollUpTaking(db, key).AskAsync(index, cancellationToken);
            return false;
        }

        if (IsToCount(index) && db.Caller.CustomFields?.RollUpsOver(resource).Any(rollUp => rollUp.StoredKey == key) is not true)
            return await PutOffAsync(index, cancellationToken);
        var found = index.State == IndexState.Dropping ? [] : await IdsAsync(index, cancellationToken);
        var ids = IsToCount(index) ? await Count.HoldAsync(found, cancellationToken) : found;
        _isHeldUp = ids.Count < found.Count;
        if (ids.Count > 0)
        {
            if (IsToCount(index))
                await Count.CountAsync(ids, cancellationToken);
            else if (index.State == IndexState.Building)
                await AddAsync(index, ids, cancellationToken);
            else if (index.State == IndexState.Purging)
                await StripAsync(ids, cancellationToken);
            else
                await new Recomputation(db, resource, Table, OfKind).ComputeAsync(ids, cancellationToken);
            index.Cursor = ids[^1];
        }

        var isDone = found.Count < BatchSize && !_isHeldUp;
        if (isDone)
            await FinishAsync(index, cancellationToken);
        if (!isDone)
            index.DueTime = db.Time.GetUtcNow() + TimeSpan.FromMinutes(1);
        await db.SaveChangesAsync(cancellationToken);
        return !isDone;
    }

    private RollUpCount Count => new(db, resource, key, Table, OfKind);

    private static bool IsToCount(CustomFieldIndex index) => index is { Kind: FieldType.RollUp, State: IndexState.Building or IndexState.Ready };

    // Either this process does not know the roll-up yet, or it is gone and nobody has said so yet.
    private async Task<bool> PutOffAsync(CustomFieldIndex index, CancellationToken cancellationToken)
    {
        index.DueTime = db.Time.GetUtcNow() + TimeSpan.FromSeconds(1);
        await db.SaveChangesAsync(cancellationToken);
        return false;
    }

    private async Task FinishAsync(CustomFieldIndex index, CancellationToken cancellationToken)
    {
        if (index.State is IndexState.Building or IndexState.Ready)
        {
            if (RollUpField.IsKeyAcross(key, resource))
                await RollUpTelling.FinishAsync(db, key, cancellationToken);
            // Of what is counted, once more those that were written meanwhile by somebody who did not know it.
            DateTimeOffset? next = index is { Kind: FieldType.RollUp, State: IndexState.Building } ? db.Time.GetUtcNow() : null;
            (index.State, index.Cursor, index.DueTime) = (IndexState.Ready, null, next);
            return;
        }

        if (index.State == IndexState.Computing)
        {
            index.Begin(IndexState.Sweeping, db.Time.GetUtcNow() + Settled);
            return;
        }

        if (index.State is IndexState.Dropping or IndexState.Purging)
            await db.Database.ExecuteSqlAsync($"DELETE FROM custom_field_values WHERE tenant_id = {index.TenantId} AND resource = {resource} AND field_key = {key}", cancellationToken);
        if (index.Kind == FieldType.RollUp)
            await RollUpIndexes.ForgetAsync(db, key, cancellationToken);
        if (index.State == IndexState.Purging)
            await NumberCounters.DeleteAsync(db, resource, key, cancellationToken);
        db.Remove(index);
    }

    // The records cannot be deleted until the transaction ends, and are written by others all the while; but not while they are computed.
    private Task<List<Guid>> IdsAsync(CustomFieldIndex index, CancellationToken cancellationToken)
    {
        if (index.State is IndexState.Computing or IndexState.Sweeping)
            return new Recomputation(db, resource, Table, OfKind).NextAsync(index.Cursor ?? Guid.Empty, BatchSize, cancellationToken);
        if (IsToCount(index))
            return index.State == IndexState.Ready ? Count.NextUnknownAsync(index.Cursor ?? Guid.Empty, BatchSize, cancellationToken) : Count.NextAsync(index.Cursor ?? Guid.Empty, BatchSize, cancellationToken);
        var sql = $"SELECT id AS \"Value\" FROM {Table} WHERE tenant_id = {{0}} AND id > {{1}}{OfKind} ORDER BY id LIMIT {BatchSize} FOR KEY SHARE";
        return db.Database.SqlQueryRaw<Guid>(sql, index.TenantId, index.Cursor ?? Guid.Empty).ToListAsync(cancellationToken);
    }

    // Of records that have the same value already, the oldest keeps it for itself, and the others keep theirs; those without one have an empty
    // row, where lists are in the order of the field.
    private async Task AddAsync(CustomFieldIndex index, List<Guid> ids, CancellationToken cancellationToken)
    {
        var sql = $$"""
            INSERT INTO custom_field_values (tenant_id, resource, record_id, field_key, sort_key, is_unique)
            SELECT tenant_id, {1}, id, {2}, coalesce(kept, ''), {4} FROM {{Table}}, platform.custom_field_key(custom_fields -> {2}, {3}) AS kept
            WHERE tenant_id = {0} AND id = ANY ({5}) AND (kept IS NOT NULL OR ({6} AND NOT {4})) ORDER BY id
            ON CONFLICT DO NOTHING
            """;
        var isOrdered = KeptTexts.AreInOrder(index.Kind);
        if (index.IsUnique)
            await db.Database.ExecuteSqlRawAsync(sql, [index.TenantId, resource, key, index.Kind.ToString(), true, ids, isOrdered], cancellationToken);
        await db.Database.ExecuteSqlRawAsync(sql, [index.TenantId, resource, key, index.Kind.ToString(), false, ids, isOrdered], cancellationToken);
    }

    private Task<int> StripAsync(List<Guid> ids, CancellationToken cancellationToken)
    {
        var entered = ResourceCatalogue.Find(resource)!.Frozen is { Length: > 0 } frozen ? $"name = {{1}} AND NOT ({frozen})" : "name = {1}";
        // Of a formula there are values under its key with a revision: what is computed is no part of a record that never changes again.
        var keys = $"ARRAY(SELECT name FROM jsonb_object_keys(custom_fields) AS name WHERE {entered} OR starts_with(name, {{1}} || '@'))";
        var sql = $"UPDATE {Table} SET custom_fields = custom_fields - {keys} WHERE tenant_id = {{0}} AND id = ANY ({{2}}) AND jsonb_exists_any(custom_fields, {keys})";
        return db.Database.ExecuteSqlRawAsync(sql, [db.Caller.RequiredTenantId, key, ids], cancellationToken);
    }

    private string OfKind => RecordTables.RowsOf(resource);

    private string Table => RecordTables.Of(db, resource);
}
