using Microsoft.EntityFrameworkCore;
using Platform.Data;

namespace Platform.Bulk;

/// <summary>
/// Lets go of what is kept of jobs, which is personal: what records held, and files, when a job can no longer be taken back; what became of
/// each record later. The line in the list goes with that.
/// </summary>
internal sealed class BulkForgetting(BulkScopes scopes)
{
    private static readonly TimeSpan Later = TimeSpan.FromHours(1);

    public Task RunAsync(Guid tenant, Guid id, CancellationToken cancellationToken) => scopes.AsPlatformAsync(tenant, db => db.InTransactionAsync(async () =>
    {
        // Held, so that nobody begins to take it back meanwhile; who has begun in time needs what is noted.
        var job = await db.HoldAsync(id, cancellationToken);
        if (job is { IsOver: false })
            return await PutOffAsync(db, id, scopes.Now + Later, cancellationToken);
        if (job is { IsForgotten: false })
        {
            await db.Set<BulkItem>().Where(item => item.JobId == id && item.AfterTime != null).ExecuteUpdateAsync(
                set => set.SetProperty(item => item.Before, (byte[]?)null).SetProperty(item => item.Company, (byte[]?)null).SetProperty(item => item.Readers, (List<string>?)null).SetProperty(item => item.Writers, (List<string>?)null),
                cancellationToken);
            await db.Set<BulkPiece>().Where(piece => piece.JobId == id).ExecuteDeleteAsync(cancellationToken);
            job.Forget();
            await db.SaveChangesAsync(cancellationToken);
            return await PutOffAsync(db, id, (job.EndTime ?? scopes.Now) + scopes.Options.KeepFor, cancellationToken);
        }

        await db.Set<BulkItem>().Where(item => item.JobId == id).ExecuteDeleteAsync(cancellationToken);
        await db.Set<BulkJob>().Where(row => row.Id == id).ExecuteDeleteAsync(cancellationToken);
        return await db.Set<BulkChore>().Where(chore => chore.JobId == id).ExecuteDeleteAsync(cancellationToken) > 0;
    }, cancellationToken));

    private static async Task<bool> PutOffAsync(PlatformDbContext db, Guid job, DateTimeOffset due, CancellationToken cancellationToken) =>
        await db.Set<BulkChore>().Where(chore => chore.JobId == job && chore.Kind == BulkChoreKind.Forget).ExecuteUpdateAsync(set => set.SetProperty(chore => chore.DueTime, due), cancellationToken) > 0;
}
