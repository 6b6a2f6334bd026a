using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using Platform.Exporting;

namespace Platform.Bulk;

/// <summary>Writes the file of an export. A file cannot go on in the middle: whatever ended the work, it is written anew, in place of what there was.</summary>
internal sealed class BulkExportRun(BulkScopes scopes)
{
    private const int BatchSize = 1_000;

    public async Task RunAsync(Guid tenant, Guid id, CancellationToken cancellationToken)
    {
        if (await scopes.AsPlatformAsync(tenant, db => BeginAsync(db, id, cancellationToken)) is not { } job)
            return;
        var export = job.ToTask().Export;
        await using var stream = new BulkStream();
        await using var file = ExportFiles.Open(export.Format, stream);
        var place = new Place(Guid.Empty, 0, 0, job.Version);
        for (var isBegun = false; ; isBegun = true)
        {
            var next = await scopes.AsActorAsync(tenant, job, async (scope, kind) =>
            {
                if (!isBegun)
                    await file.BeginAsync(Chosen(kind.ColumnsOf(scope.Db), export), cancellationToken);
                return await PageAsync(scope, kind, job, file, stream, place, cancellationToken);
            }, cancellationToken);
            if (next is null || next.IsEnd)
                return;
            place = next;
        }
    }

    private async Task<BulkJob?> BeginAsync(PlatformDbContext db, Guid id, CancellationToken cancellationToken) => await db.InTransactionAsync(async () =>
    {
        if (await db.HoldAsync(id, cancellationToken) is not { IsOver: false } job)
        {
            await db.Set<BulkChore>().Where(chore => chore.JobId == id && chore.Kind == BulkChoreKind.Export).ExecuteDeleteAsync(cancellationToken);
            return null;
        }

        job.Begin(scopes.Now);
        job.BeginAnew();
        await db.Set<BulkPiece>().Where(piece => piece.JobId == id).ExecuteDeleteAsync(cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return job;
    }, cancellationToken);

    // Read before the transaction, so that none is open while a file grows; who stops the job is heard with each batch.
    private async Task<Place?> PageAsync(BulkScope scope, BulkKind kind, BulkJob job, IExportFile file, BulkStream stream, Place place, CancellationToken cancellationToken)
    {
        var db = scope.Db;
        var ids = await db.Set<BulkItem>().Where(item => item.JobId == job.Id && item.RecordId > place.After).OrderBy(item => item.RecordId).Take(BatchSize).Select(item => item.RecordId).ToArrayAsync(cancellationToken);
        var missing = ids.Length == 0 ? [] : await kind.ExportAsync(db, file, ids, cancellationToken);
        var isEnd = ids.Length < BatchSize;
        if (isEnd)
            await file.EndAsync(cancellationToken);
        return await db.InTransactionAsync(async () =>
        {
            if (await db.HoldAsync(job.Id, cancellationToken) is not { State: V1.BulkState.Running } held)
                return null;
            // Each page writes the job: another version says that another process, for which this one counted as lost, has begun the file anew.
            if (held.Version != place.Version)
                return null;
            var pieces = stream.Take(isEnd);
            db.Set<BulkPiece>().AddRange(pieces.Select((piece, i) => new BulkPiece { JobId = job.Id, Number = place.Pieces + i, Content = piece }));
            await NoteAsync(db, job.Id, ids, missing, cancellationToken);
            held.Count(ids.Length - missing.Count, missing.Count, 0, scopes.Now);
            var reached = new Place(ids.Length == 0 ? place.After : ids[^1], place.Pieces + pieces.Count, place.Size + pieces.Sum(piece => (long)piece.Length), place.Version) { IsEnd = isEnd };
            await (isEnd ? EndAsync(db, held, job.ToTask().Export, reached.Size, cancellationToken) : RenewAsync(db, job.Id, cancellationToken));
            return reached with { Version = held.Version };
        }, cancellationToken);
    }

    private static async Task NoteAsync(PlatformDbContext db, Guid job, Guid[] ids, IReadOnlyCollection<Guid> missing, CancellationToken cancellationToken)
    {
        await db.Set<BulkItem>().Where(item => item.JobId == job && ids.Contains(item.RecordId)).ExecuteUpdateAsync(set => set.SetProperty(item => item.Outcome, V1.BulkOutcome.Done), cancellationToken);
        if (missing.Count > 0)
            await BulkNotes.WriteAsync(db, job, [.. missing.Select(id => BulkResult.Failed(id, Error.NotFound("record", id.ToString())))], cancellationToken);
    }

    private static async Task RenewAsync(PlatformDbContext db, Guid job, CancellationToken cancellationToken)
    {
        await BulkScopes.RenewAsync(db, job, BulkScopes.Lease, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    private Task EndAsync(PlatformDbContext db, BulkJob job, V1.BulkExport export, long size, CancellationToken cancellationToken)
    {
        job.HasFile($"{job.Resource}.{ExportFiles.ExtensionOf(export.Format)}", ExportFiles.ContentTypeOf(export.Format), size);
        job.End(V1.BulkState.Succeeded, scopes.Now);
        return scopes.EndAsync(db, job, cancellationToken);
    }

    // In the order that was asked for; what a rule hides meanwhile is left out.
    private static IReadOnlyList<ExportColumn> Chosen(IReadOnlyList<ExportColumn> columns, V1.BulkExport export) => export.Columns.Count == 0
        ? columns : [.. export.Columns.Select(name => columns.FirstOrDefault(column => column.Name == name)).OfType<ExportColumn>()];

    /// <summary>How far a file is.</summary>
    private sealed record Place(Guid After, int Pieces, long Size, uint Version)
    {
        public bool IsEnd { get; init; }
    }
}
