using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;

namespace Platform.Bulk;

/// <summary>Stops jobs, and begins to take them back. Whoever does may do what the job itself does.</summary>
internal static class EndBulk
{
    public static Task<Result<V1.BulkJob>> CancelAsync(Guid id, PlatformDbContext db, BulkKinds kinds, TimeProvider time, BulkOptions options, CancellationToken cancellationToken) => db.InTransactionAsync<V1.BulkJob>(async () =>
    {
        if (await db.HoldOwnAsync(id, cancellationToken) is not { } job)
            return BulkErrors.NotFound(id.ToString());
        if (Refuse(db, kinds, job) is { } refused)
            return refused;
        if (job.IsOver || job.State == V1.BulkState.Undoing)
            return job.ToMessage(options.UndoWithin);
        job.End(V1.BulkState.Cancelled, time.GetUtcNow());
        await db.Set<BulkChore>().Where(chore => chore.JobId == id).ExecuteDeleteAsync(cancellationToken);
        await db.Set<BulkPiece>().Where(piece => piece.JobId == id).ExecuteDeleteAsync(cancellationToken);
        db.Set<BulkChore>().Add(new BulkChore { JobId = id, Kind = BulkChoreKind.Forget, DueTime = time.GetUtcNow() + options.UndoWithin });
        Tell(db, "cancel", job);
        await db.SaveChangesAsync(cancellationToken);
        return job.ToMessage(options.UndoWithin);
    }, cancellationToken);

    public static Task<Result<V1.BulkJob>> UndoAsync(Guid id, PlatformDbContext db, BulkKinds kinds, TimeProvider time, BulkOptions options, CancellationToken cancellationToken) => db.InTransactionAsync<V1.BulkJob>(async () =>
    {
        if (await db.HoldOwnAsync(id, cancellationToken) is not { } job)
            return BulkErrors.NotFound(id.ToString());
        if ((Refuse(db, kinds, job) ?? FindFault(job, time.GetUtcNow(), options)) is { } refused)
            return refused;
        if (job.State == V1.BulkState.Undone && !await TakeUpAsync(db, job, cancellationToken))
            return BulkErrors.Once;
        var now = time.GetUtcNow();
        job.BeginUndo(StartBulk.ActorOf(db.Caller), now);
        db.Set<BulkChore>().Add(new BulkChore { JobId = id, Kind = BulkChoreKind.Run, DueTime = now });
        Tell(db, "undo", job);
        await db.SaveChangesAsync(cancellationToken);
        return job.ToMessage(options.UndoWithin);
    }, cancellationToken);

    private static Error? FindFault(BulkJob job, DateTimeOffset now, BulkOptions options) => job switch
    {
        { State: V1.BulkState.Undoing } or { State: V1.BulkState.Undone, Kept: 0 } => BulkErrors.Once,
        { IsOver: false } => BulkErrors.Running,
        { CanBeUndone: false } or { Done: 0 } => BulkErrors.Nothing,
        _ => job.IsForgotten || now >= job.EndTime + options.UndoWithin ? BulkErrors.TooLate(options.UndoWithin) : null,
    };

    // What kept a record may be gone by now: a later job that is taken back by now, or a rule.
    private static async Task<bool> TakeUpAsync(PlatformDbContext db, BulkJob job, CancellationToken cancellationToken)
    {
        var again = await db.Set<BulkItem>().Where(item => item.JobId == job.Id && item.Outcome == V1.BulkOutcome.Kept && (item.Before != null || item.MergeId != null)).ExecuteUpdateAsync(
            set => set.SetProperty(item => item.Outcome, V1.BulkOutcome.Done).SetProperty(item => item.Code, (string?)null).SetProperty(item => item.Message, (string?)null), cancellationToken);
        job.TakeUp(again);
        return again > 0;
    }

    private static Error? Refuse(PlatformDbContext db, BulkKinds kinds, BulkJob job) =>
        BulkChecks.PermissionFor(job.Operation, kinds.Find(job.Resource)!.Resource.Info) is var permission && db.Caller.Permissions.Contains(permission) ? null : db.Caller.Standing.Refusal(permission);

    private static void Tell(PlatformDbContext db, string action, BulkJob job) =>
        db.Audit(action, $"{job.Resource.Split('.')[0]}.bulk_job", job.Id.ToString(), after: new Struct { Fields = { ["records"] = Value.ForNumber(job.Done) } });
}
