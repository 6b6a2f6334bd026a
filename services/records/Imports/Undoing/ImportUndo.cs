using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.CustomFields;
using Platform.Records.Objects;
using Platform.Records.Purging;
using Platform.Undoing;
using Platform.Undoing.Imports;

namespace Platform.Records.Imports.Undoing;

/// <summary>Takes the records of an import back.</summary>
/// <param name="db">The unit of work.</param>
/// <param name="import">The import.</param>
/// <param name="options">How long what is deleted can be restored.</param>
/// <param name="now">The moment of the change.</param>
internal sealed class ImportUndo(RecordsDbContext db, Import import, RecordOptions options, DateTimeOffset now) : ImportTakingBack<Import, ImportedRecord>(db, import.Id)
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

    protected override async Task<IReadOnlyDictionary<Guid, string>> UndoAsync(IReadOnlyList<ImportedRecord> records, CancellationToken cancellationToken)
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
