using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Undoing;

namespace Platform.Contacts.Imports.Undoing;

/// <summary>Takes an import back, some records at a time, each time in one transaction with what is noted of it: whatever ends the work, it goes on where it was.</summary>
internal static class ImportUndo
{
    private const int BatchSize = 1_000;
    private const int BatchesOfStretch = 20;

    /// <summary>The next records of a kind, and which of them other domains name; null where there are no more.</summary>
    public static async Task<UndoStretch?> NextAsync(ContactsDbContext db, NamedElsewhere others, UndoKind kind, Guid import, Guid after, CancellationToken cancellationToken)
    {
        var records = await Left(db, kind, import).Where(record => record.RecordId > after).OrderBy(record => record.RecordId).Take(BatchSize * BatchesOfStretch)
            .Select(record => new { record.RecordId, IsMade = record.Before == null }).ToListAsync(cancellationToken);
        if (records.Count == 0)
            return null;
        // Before the transactions, because they are other services.
        var named = await kind.NamedAsync(others, [.. records.Where(record => record.IsMade).Select(record => record.RecordId)], cancellationToken);
        return new UndoStretch([.. records.Chunk(BatchSize).Select(batch => (batch[0].RecordId, batch[^1].RecordId))], named, records[^1].RecordId);
    }

    /// <summary>Takes the records of one range back; several ranges may be taken back at once.</summary>
    public static async Task TakeBackAsync(
        ContactsDbContext db, UndoKind kind, Guid import, (Guid First, Guid Last) range, IReadOnlySet<Guid> named, TimeProvider time, CancellationToken cancellationToken)
    {
        var records = await Left(db, kind, import).Where(record => record.RecordId >= range.First && record.RecordId <= range.Last).OrderBy(record => record.RecordId).ToListAsync(cancellationToken);
        if (records.Count > 0)
            await TakeBackAsync(db, kind, import, records, named, time.GetUtcNow(), cancellationToken);
    }

    private static IQueryable<ImportedRecord> Left(ContactsDbContext db, UndoKind kind, Guid import) =>
        db.ImportedRecords.AsNoTracking().Where(record => record.ImportId == import && record.Resource == kind.Resource && record.Reason == null);

    private static async Task TakeBackAsync(
        ContactsDbContext db, UndoKind kind, Guid import, IReadOnlyList<ImportedRecord> records, IReadOnlySet<Guid> named, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(db, kind, import, records, left => kind.UndoAsync(db, left, named, now, cancellationToken), cancellationToken);
        }
        catch (Exception refused) when (Refusals.IsRefusal(refused))
        {
            db.ChangeTracker.Clear();
            if (records is [var single])
            {
                await WriteAsync(db, kind, import, records, _ => Task.FromResult(new UndoneBatch(0, 0, new Dictionary<Guid, string> { [single.RecordId] = ReasonOf(refused, single) })), cancellationToken);
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

    private static Task<bool> WriteAsync(
        ContactsDbContext db, UndoKind kind, Guid import, IReadOnlyList<ImportedRecord> records, Func<IReadOnlyList<ImportedRecord>, Task<UndoneBatch>> undo, CancellationToken cancellationToken) => db.InTransactionAsync(async () =>
    {
        var (first, last) = (records[0].RecordId, records[^1].RecordId);
        // A process that counted as lost may be at the same ones: whoever comes second waits for the first, and has what that left.
        var left = (await db.ImportedRecords.FromSql(
            $"SELECT * FROM imported_records WHERE import_id = {import} AND record_id BETWEEN {first} AND {last} AND resource = {kind.Resource} AND reason IS NULL ORDER BY record_id FOR UPDATE")
            .Select(record => record.RecordId).ToListAsync(cancellationToken)).ToHashSet();
        if (left.Count == 0)
            return true;
        var batch = await undo([.. records.Where(record => left.Contains(record.RecordId))]);
        if (batch.Kept.Count > 0)
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                UPDATE imported_records SET reason = kept.reason FROM unnest({batch.Kept.Keys.ToArray()}, {batch.Kept.Values.ToArray()}) AS kept (id, reason)
                WHERE tenant_id = {db.Caller.RequiredTenantId} AND import_id = {import} AND record_id = kept.id
                """, cancellationToken);
        }

        // All others of the range were taken back.
        await Left(db, kind, import).Where(record => record.RecordId >= first && record.RecordId <= last).ExecuteDeleteAsync(cancellationToken);
        var kept = batch.Kept.Count;
        // The last: whoever takes another range back waits for it.
        await db.Imports.Where(row => row.Id == import).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Deleted, row => row.Deleted + batch.Deleted).SetProperty(row => row.Restored, row => row.Restored + batch.Restored).SetProperty(row => row.Kept, row => row.Kept + kept),
            cancellationToken);
        return true;
    }, cancellationToken);

    // What keeps a record from going is what leads to it. Whatever else does not fit is something that has changed.
    private static string ReasonOf(Exception refused, ImportedRecord record) =>
        record.Before is null && refused.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation } ? KeptReasons.InUse : KeptReasons.Changed;
}

/// <summary>Records that are taken back next.</summary>
/// <param name="Ranges">Of their ids, from the first to the last of each batch.</param>
/// <param name="Named">Those that records of other domains name.</param>
/// <param name="Last">Where they end.</param>
internal sealed record UndoStretch(IReadOnlyList<(Guid First, Guid Last)> Ranges, IReadOnlySet<Guid> Named, Guid Last);
