using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.CustomFields;
using Platform.Records.Objects;
using Platform.Records.Purging;
using Platform.Undoing;

namespace Platform.Records.Imports.Undoing;

/// <summary>Takes an import back, some records at a time, each time in one transaction with what is noted of it: whatever ends the work, it goes on where it was.</summary>
/// <param name="db">The unit of work.</param>
/// <param name="import">The import.</param>
/// <param name="options">How long what is deleted can be restored.</param>
/// <param name="now">The moment of the change.</param>
internal sealed class ImportUndo(RecordsDbContext db, Import import, RecordOptions options, DateTimeOffset now)
{
    private const int BatchSize = 500;

    /// <summary>The next records; where they end, null where there are no more.</summary>
    public async Task<Guid?> StepAsync(Guid after, CancellationToken cancellationToken)
    {
        var records = await Left.Where(record => record.RecordId > after).OrderBy(record => record.RecordId).Take(BatchSize).ToListAsync(cancellationToken);
        if (records.Count > 0)
            await TakeBackAsync(records, cancellationToken);
        return records.Count < BatchSize ? null : records[^1].RecordId;
    }

    private IQueryable<ImportedRecord> Left => db.ImportedRecords.AsNoTracking().Where(record => record.ImportId == import.Id && record.Reason == null);

    private async Task TakeBackAsync(IReadOnlyList<ImportedRecord> records, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(records, left => UndoAsync(left, cancellationToken), cancellationToken);
        }
        catch (Exception refused) when (Refusals.IsRefusal(refused))
        {
            db.ChangeTracker.Clear();
            if (records is [var single])
            {
                // Whatever does not fit is something that has changed.
                await WriteAsync(records, _ => Task.FromResult(new Dictionary<Guid, string> { [single.RecordId] = KeptReasons.Changed }), cancellationToken);
                return;
            }

            // Somebody began to use one of them at this moment: it costs no other.
            foreach (var record in records)
                await TakeBackAsync([record], cancellationToken);
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    private Task<bool> WriteAsync(IReadOnlyList<ImportedRecord> wanted, Func<IReadOnlyList<ImportedRecord>, Task<Dictionary<Guid, string>>> undo, CancellationToken cancellationToken) => db.InTransactionAsync(async () =>
    {
        var (first, last) = (wanted[0].RecordId, wanted[^1].RecordId);
        // A process that counted as lost may be at the same ones: whoever comes second waits for the first, and has what that left.
        var left = (await db.ImportedRecords.FromSql(
            $"SELECT * FROM imported_records WHERE import_id = {import.Id} AND record_id BETWEEN {first} AND {last} AND reason IS NULL ORDER BY record_id FOR UPDATE")
            .Select(record => record.RecordId).ToListAsync(cancellationToken)).ToHashSet();
        var records = wanted.Where(record => left.Contains(record.RecordId)).ToList();
        if (records.Count == 0)
            return true;
        var kept = await undo(records);
        if (kept.Count > 0)
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                UPDATE imported_records SET reason = kept.reason FROM unnest({kept.Keys.ToArray()}, {kept.Values.ToArray()}) AS kept (id, reason)
                WHERE tenant_id = {db.Caller.RequiredTenantId} AND import_id = {import.Id} AND record_id = kept.id
                """, cancellationToken);
        }

        // All others of the range were taken back.
        await Left.Where(record => record.RecordId >= first && record.RecordId <= last).ExecuteDeleteAsync(cancellationToken);
        var (deleted, restored) = (Count(isNew: true), Count(isNew: false));
        await db.Imports.Where(row => row.Id == import.Id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Deleted, row => row.Deleted + deleted).SetProperty(row => row.Restored, row => row.Restored + restored).SetProperty(row => row.Kept, row => row.Kept + kept.Count),
            cancellationToken);
        return true;

        int Count(bool isNew) => records.Count(record => record.Before is null == isNew && !kept.ContainsKey(record.RecordId));
    }, cancellationToken);

    private async Task<Dictionary<Guid, string>> UndoAsync(IReadOnlyList<ImportedRecord> records, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. records.Select(record => record.RecordId)];
        var rows = await db.Records.Of(RecordKinds.Of(import.ObjectKey)).Held(ids).ToDictionaryAsync(row => row.Id, cancellationToken);
        var used = await InUseAsync([.. records.Where(record => record.Before is null && rows.ContainsKey(record.RecordId)).Select(record => record.RecordId)], cancellationToken);
        var (kept, back) = (new Dictionary<Guid, string>(), new List<BroughtBack>());
        foreach (var record in records)
        {
            var row = rows.GetValueOrDefault(record.RecordId);
            if (ReasonOf(record, row, used) is { } reason)
                kept[record.RecordId] = reason;
            else if (row is not null && TakeBack(record, row) is { } time)
                back.Add(new BroughtBack(row.Id, time, row.UpdateTime));
        }

        await db.SaveChangesAsync(cancellationToken);
        await LeftBehind.FollowAsync(db, RecordKinds.Of(import.ObjectKey).Info.Name, back, isImported: true, cancellationToken);
        return kept;
    }

    // As though somebody deleted it, or wrote what it was; then its time of change as it was.
    private DateTimeOffset? TakeBack(ImportedRecord record, Record row)
    {
        if (record.Before is null)
        {
            row.Delete(now, options.Grace);
            db.Purges.Add(RecordPurge.Of(row, now + options.Grace));
            db.Publish(row.Id, new V1.RecordDeleted { Id = row.Id.ToString(), Resource = row.AccessResource().Info.Name }, isBulk: true);
            return null;
        }

        var before = V1.Record.Parser.ParseFrom(record.Before);
        before.CustomFields = FormerFields.Of(before.CustomFields, row.CustomFields, record.AfterTime, db.Caller.CustomFields!.Of(row.AccessResource().Info.Name));
        row.Update(before, now);
        db.Publish(row.Id, new V1.RecordUpdated { Record = row.ToMessage() }, isBulk: true);
        return LeftBehind.TimeOf(before);
    }

    // What is new and gone is as it was before the import.
    private static string? ReasonOf(ImportedRecord record, Record? row, IReadOnlySet<Guid> used) =>
        row is null ? record.Before is null ? null : KeptReasons.Gone
        : record.IsChanged || row.UpdateTime != record.AfterTime ? KeptReasons.Changed
        : used.Contains(record.RecordId) ? KeptReasons.InUse : null;

    // Records in use that lead to them, and notes that somebody wrote.
    private async Task<IReadOnlySet<Guid>> InUseAsync(Guid[] made, CancellationToken cancellationToken)
    {
        if (made.Length == 0)
            return new HashSet<Guid>();
        var used = await db.Database.SqlQuery<Guid>(
            $"""
            SELECT link.target_id AS "Value" FROM record_links AS link JOIN records AS source ON source.tenant_id = link.tenant_id AND source.id = link.source_id AND source.delete_time IS NULL
            WHERE link.tenant_id = {db.Caller.RequiredTenantId} AND link.target_id BETWEEN {made[0]} AND {made[^1]} AND link.target_id = ANY ({made}) AND link.cleared_with IS NULL
            UNION
            SELECT record_id FROM record_activities
            WHERE tenant_id = {db.Caller.RequiredTenantId} AND record_id BETWEEN {made[0]} AND {made[^1]} AND record_id = ANY ({made}) AND kind = {nameof(V1.TimelineKind.Note)}
            """).ToListAsync(cancellationToken);
        return used.ToHashSet();
    }
}
