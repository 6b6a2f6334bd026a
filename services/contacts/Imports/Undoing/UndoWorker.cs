using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Platform.Contacts.Chores;
using Platform.Contacts.Segments.Keeping;
using Platform.Events;
using Platform.Undoing.Imports;

namespace Platform.Contacts.Imports.Undoing;

/// <summary>Takes imports back, and forgets those that can no longer be, each in a scope of its tenant, batch by batch.</summary>
internal sealed partial class UndoWorker(
    IServiceScopeFactory scopes, ChoreQueue queue, UndoSignal signal, OutboxSignal published, SegmentCheckSignal written, TimeProvider time, IOptions<ContactsOptions> options, ILogger<UndoWorker> logger)
    : BackgroundService
{
    // Well within the time after which it counts as lost; others have their turn then.
    private static readonly TimeSpan Turn = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Later = TimeSpan.FromDays(1);

    // While one waits for PostgreSQL, the other prepares what it writes.
    private const int Lanes = 2;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => queue.Imports.RunAsync(
        (due, token) => due.Kind == ChoreKind.UndoImport ? UndoAsync(due.Tenant, due.Subject, token) : ForgetAsync(due.Tenant, due.Subject, token),
        token => signal.WaitAsync(options.Value.Poll, token), failure => LogFailed(logger, failure.Message), stoppingToken);

    private async Task UndoAsync(Guid tenant, Guid import, CancellationToken cancellationToken)
    {
        var (began, by) = (time.GetTimestamp(), await InScopeAsync(tenant, "", db => db.Imports.Where(row => row.Id == import).Select(row => row.UndoneBy).SingleOrDefaultAsync(cancellationToken), cancellationToken));
        foreach (var kind in UndoKind.All)
        {
            for (Guid? after = Guid.Empty; after is { } from;)
            {
                if (time.GetElapsedTime(began) > Turn)
                {
                    await InScopeAsync(tenant, "", db => ChoreOf(db, ChoreKind.UndoImport, import).ExecuteUpdateAsync(set => set.SetProperty(chore => chore.DueTime, time.GetUtcNow()), cancellationToken), cancellationToken);
                    return;
                }

                after = await StretchAsync(tenant, by ?? "", kind, import, from, cancellationToken);
            }
        }

        await InScopeAsync(tenant, "", db => db.InTransactionAsync(async () =>
        {
            if (await db.Imports.SingleOrDefaultAsync(row => row.Id == import, cancellationToken) is { } row)
                row.EndUndo(time.GetUtcNow());
            return await EndAsync(db, ChoreKind.UndoImport, import, cancellationToken);
        }, cancellationToken), cancellationToken);
    }

    private async Task<Guid?> StretchAsync(Guid tenant, string by, UndoKind kind, Guid import, Guid after, CancellationToken cancellationToken)
    {
        if (await InScopeAsync(tenant, by, (db, services) => ImportUndo.NextAsync(db, services.GetRequiredService<NamedElsewhere>(), kind, import, after, cancellationToken), cancellationToken) is not { } stretch)
            return null;
        await Parallel.ForEachAsync(stretch.Ranges, new ParallelOptions { MaxDegreeOfParallelism = Lanes, CancellationToken = cancellationToken }, async (range, token) =>
            await InScopeAsync(tenant, by, async db =>
            {
                await new ImportUndo(db, kind, import, stretch.Named, time.GetUtcNow()).TakeBackAsync(range, token);
                return true;
            }, token));
        // The change tracker does not know what was written.
        published.Set();
        written.Set();
        return stretch.Last;
    }

    private Task<bool> ForgetAsync(Guid tenant, Guid import, CancellationToken cancellationToken) => InScopeAsync(tenant, "", db => db.InTransactionAsync(async () =>
        await db.Imports.ForgetAsync(db.ImportedRecords, import, cancellationToken)
            ? await EndAsync(db, ChoreKind.ForgetImport, import, cancellationToken)
            : await ChoreOf(db, ChoreKind.ForgetImport, import).ExecuteUpdateAsync(set => set.SetProperty(chore => chore.DueTime, time.GetUtcNow() + Later), cancellationToken) > 0, cancellationToken), cancellationToken);

    private static async Task<bool> EndAsync(ContactsDbContext db, ChoreKind kind, Guid import, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        return await ChoreOf(db, kind, import).ExecuteDeleteAsync(cancellationToken) > 0;
    }

    private static IQueryable<Chore> ChoreOf(ContactsDbContext db, ChoreKind kind, Guid import) => db.Chores.Where(chore => chore.Kind == kind && chore.SubjectId == import);

    private Task<T> InScopeAsync<T>(Guid tenant, string onBehalfOf, Func<ContactsDbContext, Task<T>> work, CancellationToken cancellationToken) =>
        InScopeAsync(tenant, onBehalfOf, (db, _) => work(db), cancellationToken);

    private Task<T> InScopeAsync<T>(Guid tenant, string onBehalfOf, Func<ContactsDbContext, IServiceProvider, Task<T>> work, CancellationToken cancellationToken) =>
        scopes.ForImportsAsync(tenant, onBehalfOf, work, cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An import could not be taken back, or forgotten ({Reason}); it is tried again")]
    private static partial void LogFailed(ILogger logger, string reason);
}
