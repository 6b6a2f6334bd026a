using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Errors;
using Platform.Undoing;

namespace Platform.Bulk;

/// <content>What deletes records that stay in their table for a while, and takes that back.</content>
public sealed partial class BulkKind<TContext, TRow, TMessage>
{
    private async Task<IReadOnlyList<BulkResult>> ThrowAwayAsync(BulkBin<TContext, TRow> bin, BulkScope scope, Guid[] ids, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var results = new List<BulkResult>();
        // All of them before the first, in the order in which everybody holds records: two who work on the same ones never wait for each other.
        await HeldAsync((TContext)scope.Db, ids, cancellationToken);
        foreach (var id in ids)
            results.Add(await ThrowAwayAsync(bin, scope, id, now, cancellationToken));
        return results;
    }

    // One after the other, each as it is when those before it are gone: they may have taken it along, or have been what it was needed for.
    private async Task<BulkResult> ThrowAwayAsync(BulkBin<TContext, TRow> bin, BulkScope scope, Guid id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var db = (TContext)scope.Db;
        if (await bin.Held(db, id).SingleOrDefaultAsync(cancellationToken) is not { } row)
            return await MissingAsync(db, id, cancellationToken);
        if (!row.IsInUse())
            return new BulkResult(id, V1.BulkOutcome.Skipped, BulkErrors.Unchanged);
        if ((Refuse(row) ?? DeniedTo(db, AccessAction.Delete, row)) is { } refused)
            return BulkResult.Failed(id, refused);
        var before = ToMessage(row).ToByteArray();
        if (await bin.Delete(scope.Services, db, row, now, cancellationToken) is { } forbidden)
            return BulkResult.Failed(id, forbidden);
        await SaveAsync(db, [row], _ => OnDelete, cancellationToken);
        return new BulkResult(id, V1.BulkOutcome.Done) { Before = before, AfterTime = row.UpdateTime };
    }

    private async Task<IReadOnlyList<BulkResult>> TakeOutAsync(BulkBin<TContext, TRow> bin, BulkScope scope, IReadOnlyList<BulkItem> items, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (db, results) = ((TContext)scope.Db, new List<BulkResult>());
        foreach (var item in items)
        {
            if (await bin.Held(db, item.RecordId).SingleOrDefaultAsync(cancellationToken) is not { } row)
                results.Add(await IsThereAsync(bin, db, item.RecordId, cancellationToken) ? new BulkResult(item.RecordId, V1.BulkOutcome.Kept, BulkErrors.Hidden) : BulkResult.Kept(item.RecordId, KeptReasons.Gone));
            else if (row.IsInUse() || row.UpdateTime != item.AfterTime)
                results.Add(BulkResult.Kept(row.Id, KeptReasons.Changed));
            // It has begun to write.
            else if (await bin.Restore(db, row, now, cancellationToken) is { } refused)
                throw refused.ToRpcException();
            else
                results.Add(new BulkResult(row.Id, V1.BulkOutcome.Restored) { BeforeTime = LeftBehind.TimeOf(parser.ParseFrom(item.Before)), AfterTime = row.UpdateTime });
        }

        return results;
    }

    private static Task<bool> IsThereAsync(BulkBin<TContext, TRow> bin, TContext db, Guid id, CancellationToken cancellationToken) =>
        db.ProtectedRows<TRow>().Of(bin.All).Unfiltered.AnyAsync(row => row.Id == id, cancellationToken);
}
