using Microsoft.EntityFrameworkCore;
using Platform.Data;

namespace Platform.Bulk;

/// <summary>
/// Lets go of what is kept of jobs, which is personal: what records held, and files, when a job can no longer be taken back; what became of
/// each record later. The line in the list goes with that.
/// </summary>
internal sealed class BulkForgetting(BulkScopes scopes)
{
    private const int BatchSize = 10_000;

    private static readonly TimeSpan Later = TimeSpan.FromHours(1);

    public Task RunAsync(Guid tenant, Guid id, CancellationToken cancellationToken) => scopes.AsPlatformAsync(tenant, db => db.InTransactionAsync(async () =>
    {
        // Held, so that nobody begins to take it back meanwhile; who has begun in time needs what is noted.
        var job = await db.HoldAsync(id, cancellationToken);
        if (job is { IsOver: false })
            return await PutOffAsync(db, id, scopes.Now + Later, cancellationToken);
        if (job is { IsForgotten: false })
        {
            job.Forget();
            await db.Set<BulkPiece>().Where(piece => piece.JobId == id).ExecuteDeleteAsync(cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }

        if (job is not null && await EmptyAsync(db, id, cancellationToken))
            return await PutOffAsync(db, id, scopes.Now, cancellationToken);
        if (job is not null && (job.EndTime ?? job.CreateTime) + scopes.Options.KeepFor is var kept && scopes.Now < kept)
            return await PutOffAsync(db, id, kept, cancellationToken);
        if (await DeleteAsync(db, id, cancellationToken))
            return await PutOffAsync(db, id, scopes.Now, cancellationToken);
        await db.Set<BulkJob>().Where(row => row.Id == id).ExecuteDeleteAsync(cancellationToken);
        return await db.Set<BulkChore>().Where(chore => chore.JobId == id).ExecuteDeleteAsync(cancellationToken) > 0;
    }, cancellationToken));

    // Some in each turn, so that no statement runs for as long as a job is large; whether there were any.
    private static async Task<bool> EmptyAsync(PlatformDbContext db, Guid job, CancellationToken cancellationToken)
    {
        var ids = await db.Set<BulkItem>().Where(item => item.JobId == job && item.Before != null).OrderBy(item => item.RecordId).Take(BatchSize).Select(item => item.RecordId).ToArrayAsync(cancellationToken);
        return ids.Length > 0 && await db.Set<BulkItem>().Where(item => item.JobId == job && ids.Contains(item.RecordId)).ExecuteUpdateAsync(
            set => set.SetProperty(item => item.Before, (byte[]?)null).SetProperty(item => item.Company, (byte[]?)null).SetProperty(item => item.Readers, (List<string>?)null).SetProperty(item => item.Writers, (List<string>?)null),
            cancellationToken) > 0;
    }

    private static async Task<bool> DeleteAsync(PlatformDbContext db, Guid job, CancellationToken cancellationToken)
    {
        var ids = await db.Set<BulkItem>().Where(item => item.JobId == job).OrderBy(item => item.RecordId).Take(BatchSize).Select(item => item.RecordId).ToArrayAsync(cancellationToken);
        return ids.Length > 0 && await db.Set<BulkItem>().Where(item => item.JobId == job && ids.Contains(item.RecordId)).ExecuteDeleteAsync(cancellationToken) > 0;
    }

    private static async Task<bool> PutOffAsync(PlatformDbContext db, Guid job, DateTimeOffset due, CancellationToken cancellationToken) =>
        await db.Set<BulkChore>().Where(chore => chore.JobId == job && chore.Kind == BulkChoreKind.Forget).ExecuteUpdateAsync(set => set.SetProperty(chore => chore.DueTime, due), cancellationToken) > 0;
}
