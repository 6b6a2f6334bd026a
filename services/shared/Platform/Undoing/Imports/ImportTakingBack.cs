using Microsoft.EntityFrameworkCore;
using Platform.Data;

namespace Platform.Undoing.Imports;

/// <summary>
/// Takes an import back, some records at a time, each time in one transaction with what is noted of it: whatever ends the work, it goes on
/// where it was. Each service says what that means for its records.
/// </summary>
/// <typeparam name="TImport">The service's imports.</typeparam>
/// <typeparam name="TNoted">What is noted of them.</typeparam>
/// <param name="db">The unit of work.</param>
/// <param name="import">The import.</param>
public abstract class ImportTakingBack<TImport, TNoted>(PlatformDbContext db, Guid import)
    where TImport : FileImport
    where TNoted : NotedRecord
{
    /// <summary>The import.</summary>
    protected Guid ImportId => import;

    /// <summary>Those that are still to be taken back.</summary>
    protected virtual IQueryable<TNoted> Left => db.Set<TNoted>().LeftOf(import);

    /// <summary>The same within a range of ids, held until the transaction ends.</summary>
    protected virtual IQueryable<TNoted> HeldOf(Guid first, Guid last) => db.Set<TNoted>().FromSql(
        $"SELECT * FROM imported_records WHERE import_id = {import} AND record_id BETWEEN {first} AND {last} AND reason IS NULL ORDER BY record_id FOR UPDATE");

    /// <summary>Takes some records back in the open transaction: which are kept, each with the reason.</summary>
    protected abstract Task<IReadOnlyDictionary<Guid, string>> UndoAsync(IReadOnlyList<TNoted> records, CancellationToken cancellationToken);

    /// <summary>Why a record is kept that alone cannot be written. Whatever does not fit is something that has changed.</summary>
    protected virtual string ReasonOf(Exception refused, TNoted record) => KeptReasons.Changed;

    /// <summary>Takes some records back, which are in the order of their ids.</summary>
    protected async Task TakeBackAsync(IReadOnlyList<TNoted> records, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        try
        {
            await WriteAsync(records, left => UndoAsync(left, cancellationToken), cancellationToken);
        }
        catch (Exception refused) when (Refusals.IsRefusal(refused))
        {
            db.ChangeTracker.Clear();
            if (records is [var single])
            {
                await WriteAsync(records, _ => Task.FromResult<IReadOnlyDictionary<Guid, string>>(new Dictionary<Guid, string> { [single.RecordId] = ReasonOf(refused, single) }), cancellationToken);
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

    private Task<bool> WriteAsync(IReadOnlyList<TNoted> wanted, Func<IReadOnlyList<TNoted>, Task<IReadOnlyDictionary<Guid, string>>> undo, CancellationToken cancellationToken) => db.InTransactionAsync(async () =>
    {
        var (first, last) = (wanted[0].RecordId, wanted[^1].RecordId);
        // A process that counted as lost may be at the same ones: whoever comes second waits for the first, and has what that left.
        var left = (await HeldOf(first, last).Select(record => record.RecordId).ToListAsync(cancellationToken)).ToHashSet();
        var records = wanted.Where(record => left.Contains(record.RecordId)).ToList();
        if (records.Count == 0)
            return true;
        var kept = await undo(records);
        if (kept.Count > 0)
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                UPDATE imported_records SET reason = kept.reason FROM unnest({kept.Keys.ToArray()}, {kept.Values.ToArray()}) AS kept (id, reason)
                WHERE tenant_id = {db.Caller.RequiredTenantId} AND import_id = {import} AND record_id = kept.id
                """, cancellationToken);
        }

        // All others of the range were taken back.
        await Left.Where(record => record.RecordId >= first && record.RecordId <= last).ExecuteDeleteAsync(cancellationToken);
        await CountAsync(records, kept, cancellationToken);
        return true;
    }, cancellationToken);

    // The last: whoever takes another range back waits for it.
    private Task<int> CountAsync(List<TNoted> records, IReadOnlyDictionary<Guid, string> kept, CancellationToken cancellationToken)
    {
        var (deleted, restored, left) = (Count(isNew: true), Count(isNew: false), kept.Count);
        return db.Set<TImport>().Where(row => row.Id == import).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Deleted, row => row.Deleted + deleted).SetProperty(row => row.Restored, row => row.Restored + restored).SetProperty(row => row.Kept, row => row.Kept + left),
            cancellationToken);

        int Count(bool isNew) => records.Count(record => record.Before is null == isNew && !kept.ContainsKey(record.RecordId));
    }
}
