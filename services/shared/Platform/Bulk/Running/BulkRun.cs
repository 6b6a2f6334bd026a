using Google.Rpc;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Platform.Data;
using Platform.Errors;
using Error = Platform.Errors.Error;

namespace Platform.Bulk;

/// <summary>
/// Goes on with a job, or with taking it back: some records at a time, in one transaction with what became of them. Whatever ends the
/// work, it goes on where it was. Where a batch is refused, each of its records is tried alone.
/// </summary>
internal sealed partial class BulkRun(BulkScopes scopes, ILogger<BulkRun> logger)
{
    private const int BatchSize = 200;

    /// <summary>The next records; whether there may be more.</summary>
    public async Task<bool> StepAsync(Guid tenant, Guid id, CancellationToken cancellationToken)
    {
        if (await scopes.AsPlatformAsync(tenant, db => BeginAsync(db, id, cancellationToken)) is not { } job)
            return false;
        var items = await scopes.AsPlatformAsync(tenant, db => NextAsync(db, job, cancellationToken));
        if (items.Count == 0)
            return await scopes.AsPlatformAsync(tenant, db => EndAsync(db, id, cancellationToken));
        if (items.Count == 1 || !await TryAsync(tenant, job, items, cancellationToken))
        {
            foreach (var item in items)
                await OneAsync(tenant, job, item, cancellationToken);
        }

        return true;
    }

    // Null where nothing is to be done: it has ended, or is gone.
    private Task<BulkJob?> BeginAsync(PlatformDbContext db, Guid id, CancellationToken cancellationToken) => db.InTransactionAsync(async () =>
    {
        // Held: whoever begins to take it back meanwhile leaves work of the same kind behind.
        if (await db.HoldAsync(id, cancellationToken) is not { IsOver: false } job)
        {
            await db.Set<BulkChore>().Where(chore => chore.JobId == id && chore.Kind == BulkChoreKind.Run).ExecuteDeleteAsync(cancellationToken);
            return null;
        }

        if (job.State == V1.BulkState.Queued)
            job.Begin(scopes.Now);
        await db.SaveChangesAsync(cancellationToken);
        return (BulkJob?)job;
    }, cancellationToken);

    // Merges are taken back in the opposite order, and each alone, since one leads to the next. What is deleted goes the last one first: it may lead to
    // what was there before it, and comes back after that.
    private static Task<List<BulkItem>> NextAsync(PlatformDbContext db, BulkJob job, CancellationToken cancellationToken)
    {
        var isUndo = job.State == V1.BulkState.Undoing;
        var wanted = isUndo ? V1.BulkOutcome.Done : V1.BulkOutcome.Pending;
        var items = db.Set<BulkItem>().AsNoTracking().Where(item => item.JobId == job.Id && item.Outcome == wanted);
        var ordered = (isUndo ? V1.BulkOperation.Merge : V1.BulkOperation.Delete) == job.Operation ? items.OrderByDescending(item => item.RecordId) : items.OrderBy(item => item.RecordId);
        return ordered.Take(job.Operation == V1.BulkOperation.Merge ? 1 : BatchSize).ToListAsync(cancellationToken);
    }

    private async Task<bool> TryAsync(Guid tenant, BulkJob job, IReadOnlyList<BulkItem> items, CancellationToken cancellationToken)
    {
        try
        {
            await scopes.AsActorAsync(tenant, job, (scope, kind) => WorkAsync(scope, kind, job, items, cancellationToken), cancellationToken);
            return true;
        }
        catch (Exception refused) when (!IsOutage(refused, cancellationToken))
        {
            return false;
        }
    }

    private async Task OneAsync(Guid tenant, BulkJob job, BulkItem item, CancellationToken cancellationToken)
    {
        BulkResult result;
        try
        {
            await scopes.AsActorAsync(tenant, job, (scope, kind) => WorkAsync(scope, kind, job, [item], cancellationToken), cancellationToken);
            return;
        }
        catch (Exception refused) when (!IsOutage(refused, cancellationToken))
        {
            result = ResultOf(job, item, refused);
        }

        await scopes.AsPlatformAsync(tenant, db => db.InTransactionAsync(
            async () => await IsStillAsync(db, job, [item], cancellationToken) && await NoteAsync(db, job, [result], cancellationToken), cancellationToken));
    }

    private async Task<object?> WorkAsync(BulkScope scope, BulkKind kind, BulkJob job, IReadOnlyList<BulkItem> items, CancellationToken cancellationToken)
    {
        var db = scope.Db;
        await kind.PrepareAsync(scope, job, job.ToTask(), [.. items.Select(item => item.RecordId)], cancellationToken);
        return await db.InTransactionAsync(async () =>
        {
            // Before all else: whoever stops it waits for this batch, and nobody else does the same one.
            if (!await IsStillAsync(db, job, items, cancellationToken))
                return null;
            var task = job.ToTask();
            var results = job.State == V1.BulkState.Undoing
                ? await kind.UndoAsync(scope, job, task, items, scopes.Now, cancellationToken)
                : await kind.ApplyAsync(scope, job, task, [.. items.Select(item => item.RecordId)], scopes.Now, cancellationToken);
            await NoteAsync(db, job, results, cancellationToken);
            await Undoing.LeftBehind.FollowAsync(
                db, job.Resource, [.. results.Where(result => result is { BeforeTime: not null, AfterTime: not null }).Select(result => new Undoing.BroughtBack(result.Id, result.BeforeTime!.Value, result.AfterTime!.Value))],
                kind.HasImports, cancellationToken);
            return results;
        }, cancellationToken);
    }

    private static async Task<bool> IsStillAsync(PlatformDbContext db, BulkJob job, IReadOnlyList<BulkItem> items, CancellationToken cancellationToken)
    {
        if (await db.Set<BulkJob>().FromSql($"SELECT *, xmin FROM bulk_jobs WHERE id = {job.Id} FOR UPDATE").AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } held || held.State != job.State)
            return false;
        // A process that counted as lost may have done them.
        var (ids, outcome) = (items.Select(item => item.RecordId).ToArray(), items[0].Outcome);
        return await db.Set<BulkItem>().CountAsync(item => item.JobId == job.Id && ids.Contains(item.RecordId) && item.Outcome == outcome, cancellationToken) == ids.Length;
    }

    private static async Task<bool> NoteAsync(PlatformDbContext db, BulkJob job, IReadOnlyList<BulkResult> results, CancellationToken cancellationToken)
    {
        await BulkNotes.WriteAsync(db, job.Id, results, cancellationToken);
        long Of(V1.BulkOutcome outcome) => results.Count(result => result.Outcome == outcome);
        var (done, failed, skipped, restored, kept) = (Of(V1.BulkOutcome.Done), Of(V1.BulkOutcome.Failed), Of(V1.BulkOutcome.Skipped), Of(V1.BulkOutcome.Restored), Of(V1.BulkOutcome.Kept));
        await db.Set<BulkJob>().Where(row => row.Id == job.Id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Done, row => row.Done + done).SetProperty(row => row.Failed, row => row.Failed + failed).SetProperty(row => row.Skipped, row => row.Skipped + skipped)
                .SetProperty(row => row.Restored, row => row.Restored + restored).SetProperty(row => row.Kept, row => row.Kept + kept),
            cancellationToken);
        await BulkScopes.RenewAsync(db, job.Id, BulkScopes.Lease, cancellationToken);
        return true;
    }

    private async Task<bool> EndAsync(PlatformDbContext db, Guid id, CancellationToken cancellationToken) => await db.InTransactionAsync(async () =>
    {
        if (await db.HoldAsync(id, cancellationToken) is not { IsOver: false } job)
            return false;
        if (job.State == V1.BulkState.Undoing)
            job.EndUndo(scopes.Now);
        else
            job.End(V1.BulkState.Succeeded, scopes.Now);
        await scopes.EndAsync(db, job, cancellationToken);
        return false;
    }, cancellationToken);

    private BulkResult ResultOf(BulkJob job, BulkItem item, Exception refused)
    {
        var error = ErrorOf(refused);
        if (error == BulkErrors.Broken)
            LogBroken(logger, job.Id, refused);
        if (job.State != V1.BulkState.Undoing)
            return BulkResult.Failed(item.RecordId, error);
        return new BulkResult(item.RecordId, V1.BulkOutcome.Kept, IsChange(job, refused) ? error with { Code = Undoing.KeptReasons.Changed } : error);
    }

    // What the single write refuses when it takes a merge or a deletion back has a code of its own.
    private static bool IsChange(BulkJob job, Exception refused) => Undoing.Refusals.IsRefusal(refused)
        && job.Operation != V1.BulkOperation.Merge && !(job.Operation == V1.BulkOperation.Delete && refused is RpcException { StatusCode: StatusCode.FailedPrecondition });

    private static Error ErrorOf(Exception refused) => refused switch
    {
        RpcException call when call.GetRpcStatus()?.GetDetail<ErrorInfo>() is { } info => new Error((Code)call.StatusCode, info.Reason, call.Status.Detail),
        DbUpdateConcurrencyException => Error.Stale("resource"),
        _ when Undoing.Refusals.IsRefusal(refused) => Error.Stale("resource"),
        _ => BulkErrors.Broken,
    };

    // What may go well in a moment says nothing about a record.
    private static bool IsOutage(Exception exception, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested || Outages.IsOutage(exception) || exception is InvalidOperationException { InnerException: TimeoutException } or RpcException { StatusCode: StatusCode.Unavailable or StatusCode.DeadlineExceeded };

    [LoggerMessage(Level = LogLevel.Error, Message = "A record of job {Job} could not be written")]
    private static partial void LogBroken(ILogger logger, Guid job, Exception failure);
}
