using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Platform.Access;
using Platform.CustomFields;
using Platform.Records.Links;
using Platform.Records.Objects;
using Platform.Tenancy;

namespace Platform.Records.Purging;

/// <summary>Deletes records whose grace period has ended, and those of objects that are gone, some of them a transaction.</summary>
internal sealed partial class RecordPurger(
    IServiceScopeFactory scopes, RecordPurgeQueue queue, RecordPurgeSignal signal, CustomFieldDirectory directory, IOptions<RecordOptions> options, TimeProvider time,
    ILogger<RecordPurger> logger) : BackgroundService
{
    private const int BatchSize = 200;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => queue.Work.RunAsync(
        (due, token) => PurgeAsync(due.Tenant, due.ObjectKey, due.Record, token), token => signal.WaitAsync(options.Value.Poll, token),
        failure => LogFailed(logger, failure.Message), stoppingToken);

    private async Task PurgeAsync(Guid tenant, string objectKey, Guid id, CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, "purge");
            var db = scope.ServiceProvider.GetRequiredService<RecordsDbContext>();
            if (RecordPurge.IsOfBuiltIn(objectKey) ? await FollowAsync(db, objectKey, id, cancellationToken) : await StepAsync(db, objectKey, id, cancellationToken))
                return;
        }
    }

    private async Task<bool> FollowAsync(RecordsDbContext db, string resource, Guid id, CancellationToken cancellationToken)
    {
        await directory.LoadAsync(db.Caller, cancellationToken);
        var fields = db.Caller.CustomFields ?? throw new InvalidOperationException("What fields the company has is not known.");
        return await db.InTransactionAsync(async () =>
        {
            // What was deleted has come back in the meantime.
            if (!await db.Purges.AnyAsync(row => row.ObjectKey == resource && row.RecordId == id, cancellationToken))
                return true;
            if (!await new Following(db, fields, options.Value, time.GetUtcNow()).StepAsync(id, cancellationToken))
                return false;
            db.Purges.RemoveRange(await db.Purges.Where(row => row.ObjectKey == resource && row.RecordId == id).ToListAsync(cancellationToken));
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }, cancellationToken);
    }

    // Whether all is done.
    private static Task<bool> StepAsync(RecordsDbContext db, string objectKey, Guid id, CancellationToken cancellationToken) => db.InTransactionAsync(async () =>
    {
        if (await db.Purges.SingleOrDefaultAsync(row => row.ObjectKey == objectKey && row.RecordId == id, cancellationToken) is not { } purge)
            return true;
        var records = db.Records.Of(RecordKinds.Of(objectKey, RecordState.Any));
        // Restored in the meantime, a record stays.
        var gone = await (id == Guid.Empty ? records.Where(row => row.CreateTime <= purge.MadeUntil) : records.Where(row => row.Id == id && row.DeleteTime != null))
            .OrderBy(row => row.Id).Take(BatchSize).ToListAsync(cancellationToken);
        var ids = gone.Select(record => record.Id).ToArray();
        await db.Database.ExecuteSqlAsync($"DELETE FROM record_links WHERE tenant_id = {db.Caller.RequiredTenantId} AND (source_id = ANY ({ids}) OR target_id = ANY ({ids}))", cancellationToken);
        var told = gone.ConvertAll(record => record.Id);
        db.Activities.RemoveRange(await db.Activities.Where(row => told.Contains(row.RecordId)).ToListAsync(cancellationToken));
        foreach (var record in gone)
        {
            db.Records.Remove(record);
            db.Publish(record.Id, new V1.RecordPurged { Id = record.Id.ToString(), Resource = ResourceCatalogue.ObjectPrefix + objectKey }, isBulk: true);
        }

        var isDone = gone.Count < BatchSize;
        if (isDone)
            db.Purges.Remove(purge);
        await db.SaveChangesAsync(cancellationToken);
        return isDone;
    }, cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Deleted records could not be purged ({Reason}); it is tried again")]
    private static partial void LogFailed(ILogger logger, string reason);
}
