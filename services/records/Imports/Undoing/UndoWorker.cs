using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Platform.Undoing.Imports;

namespace Platform.Records.Imports.Undoing;

/// <summary>Takes imports back, and forgets those that can no longer be, each in a scope of its tenant, batch by batch.</summary>
internal sealed partial class UndoWorker(
    IServiceScopeFactory scopes, ImportChoreQueue queue, ImportChoreSignal signal, TimeProvider time, IOptions<RecordOptions> options, ILogger<UndoWorker> logger) : BackgroundService
{
    // Well within the time after which it counts as lost; others have their turn then.
    private static readonly TimeSpan Turn = TimeSpan.FromMinutes(3);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => queue.Work.RunAsync(
        (due, token) => DoAsync(due.Tenant, due.Import, token), token => signal.WaitAsync(options.Value.Poll, token), failure => LogFailed(logger, failure.Message), stoppingToken);

    private async Task DoAsync(Guid tenant, Guid id, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var import = await InScopeAsync(tenant, "", db => db.Imports.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken), cancellationToken);
        if (import is not { State: FileImportState.Undoing })
        {
            await InScopeAsync(tenant, "", db => ForgetAsync(db, id, cancellationToken), cancellationToken);
            return;
        }

        for (Guid? after = Guid.Empty; after is { } from;)
        {
            if (time.GetElapsedTime(began) > Turn)
            {
                await InScopeAsync(tenant, "", db => SetDueAsync(db, id, time.GetUtcNow(), cancellationToken), cancellationToken);
                return;
            }

            after = await InScopeAsync(tenant, import.UndoneBy, db => new ImportUndo(db, import, options.Value, time.GetUtcNow()).StepAsync(from, cancellationToken), cancellationToken);
        }

        await InScopeAsync(tenant, "", db => db.InTransactionAsync(async () =>
        {
            if (await db.Imports.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row)
                row.EndUndo(time.GetUtcNow());
            await db.SaveChangesAsync(cancellationToken);
            // What was kept is told for as long as it could have been taken back.
            return await SetDueAsync(db, id, import.CreateTime + options.Value.UndoImportWithin, cancellationToken);
        }, cancellationToken), cancellationToken);
    }

    private static Task<bool> ForgetAsync(RecordsDbContext db, Guid id, CancellationToken cancellationToken) => db.InTransactionAsync(async () =>
        await db.Imports.ForgetAsync(db.ImportedRecords, id, cancellationToken)
        && await db.ImportChores.Where(chore => chore.ImportId == id).ExecuteDeleteAsync(cancellationToken) > 0, cancellationToken);

    private static async Task<bool> SetDueAsync(RecordsDbContext db, Guid id, DateTimeOffset due, CancellationToken cancellationToken) =>
        await db.ImportChores.Where(chore => chore.ImportId == id).ExecuteUpdateAsync(set => set.SetProperty(chore => chore.DueTime, due), cancellationToken) > 0;

    private Task<T> InScopeAsync<T>(Guid tenant, string onBehalfOf, Func<RecordsDbContext, Task<T>> work, CancellationToken cancellationToken) =>
        scopes.ForImportsAsync<RecordsDbContext, T>(tenant, onBehalfOf, (db, _) => work(db), cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An import could not be taken back, or forgotten ({Reason}); it is tried again")]
    private static partial void LogFailed(ILogger logger, string reason);
}
