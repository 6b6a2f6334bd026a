using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Undoing;

namespace Platform.Contacts.Imports.Undoing;

/// <summary>Takes an import back, some records at a time, each time in one transaction with what is noted of it: whatever ends the work, it goes on where it was.</summary>
internal static class ImportUndo
{
    private const int BatchSize = 1_000;

    /// <summary>The next records of a kind; where they end, null where there are no more.</summary>
    public static async Task<Guid?> StepAsync(ContactsDbContext db, NamedElsewhere others, UndoKind kind, Guid import, Guid after, TimeProvider time, CancellationToken cancellationToken)
    {
        var records = await db.ImportedRecords.AsNoTracking()
            .Where(record => record.ImportId == import && record.Resource == kind.Resource && record.Reason == null && record.RecordId > after)
            .OrderBy(record => record.RecordId).Take(BatchSize).ToListAsync(cancellationToken);
        if (records.Count > 0)
            await TakeBackAsync(db, kind, import, records, await kind.NamedAsync(others, records, cancellationToken), time.GetUtcNow(), cancellationToken);
        return records.Count < BatchSize ? null : records[^1].RecordId;
    }

    private static async Task TakeBackAsync(
        ContactsDbContext db, UndoKind kind, Guid import, IReadOnlyList<ImportedRecord> records, IReadOnlySet<Guid> named, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(db, import, () => kind.UndoAsync(db, records, named, now, cancellationToken), cancellationToken);
        }
        catch (Exception refused) when (Refusals.IsRefusal(refused))
        {
            db.ChangeTracker.Clear();
            if (records is [var single])
            {
                await WriteAsync(db, import, () => Task.FromResult(new UndoneBatch(0, 0, [], new Dictionary<Guid, string> { [single.RecordId] = ReasonOf(refused, single) })), cancellationToken);
                return;
            }

            // Somebody began to use one of them at this moment: it costs no other.
            foreach (var record in records)
                await TakeBackAsync(db, kind, import, [record], named, now, cancellationToken);
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    private static Task<bool> WriteAsync(ContactsDbContext db, Guid import, Func<Task<UndoneBatch>> undo, CancellationToken cancellationToken) => db.InTransactionAsync(async () =>
    {
        var batch = await undo();
        await db.ImportedRecords.Where(record => record.ImportId == import && batch.Taken.Contains(record.RecordId)).ExecuteDeleteAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE imported_records SET reason = kept.reason FROM unnest({batch.Kept.Keys.ToArray()}, {batch.Kept.Values.ToArray()}) AS kept (id, reason)
            WHERE tenant_id = {db.Caller.RequiredTenantId} AND import_id = {import} AND record_id = kept.id
            """, cancellationToken);
        var kept = batch.Kept.Count;
        await db.Imports.Where(row => row.Id == import).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Deleted, row => row.Deleted + batch.Deleted).SetProperty(row => row.Restored, row => row.Restored + batch.Restored).SetProperty(row => row.Kept, row => row.Kept + kept),
            cancellationToken);
        return true;
    }, cancellationToken);

    // What keeps a record from going is what leads to it. Whatever else does not fit is something that has changed.
    private static string ReasonOf(Exception refused, ImportedRecord record) =>
        record.Before is null && refused.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation } ? KeptReasons.InUse : KeptReasons.Changed;
}
