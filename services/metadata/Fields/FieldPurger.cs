using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Platform.Access;
using Platform.Metadata.Schemas;
using Platform.Tenancy;

namespace Platform.Metadata.Fields;

/// <summary>Deletes fields and objects whose grace period has ended, and tells the services that have their values and records.</summary>
internal sealed partial class FieldPurger(
    IServiceScopeFactory scopes, FieldPurgeQueue queue, IOptions<FieldOptions> options, TimeProvider time, ILogger<FieldPurger> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => queue.Work.RunAsync(
        (due, token) => PurgeAsync(due.Tenant, due.Field, token), token => Task.Delay(options.Value.Poll, time, token),
        failure => LogFailed(logger, failure.Message), stoppingToken);

    private async Task PurgeAsync(Guid tenant, Guid id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, "purge");
        var db = scope.ServiceProvider.GetRequiredService<MetadataDbContext>();
        await db.InTransactionAsync(async () =>
        {
            var purge = await db.Purges.SingleOrDefaultAsync(row => row.FieldId == id, cancellationToken);
            if (purge is not null)
                db.Purges.Remove(purge);
            // Restored in the meantime, it stays.
            if (await db.Fields.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { IsDeleted: true } field)
            {
                db.Fields.Remove(field);
                await db.AnnouncePurgeAsync(field, cancellationToken);
            }

            if (await db.Objects.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { IsDeleted: true } known)
            {
                var resource = known.Resource;
                db.Objects.Remove(known);
                var fields = await db.Fields.Where(row => row.Resource == resource).ToListAsync(cancellationToken);
                db.Fields.RemoveRange(fields);
                await db.AnnouncePurgeAsync(known, cancellationToken);
                // Services whose records its roll-ups count hear of fields, and not of objects.
                foreach (var rollUp in fields.Where(field => field.Definition.RollUp is { } counted && !counted.Resource.StartsWith(ResourceCatalogue.ObjectPrefix, StringComparison.Ordinal)))
                    await db.AnnouncePurgeAsync(rollUp, cancellationToken);
            }

            return await db.SaveChangesAsync(cancellationToken);
        }, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A deleted field could not be purged ({Reason}); it is tried again")]
    private static partial void LogFailed(ILogger logger, string reason);
}
