using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Access;
using Platform.CustomFields.V1;
using Platform.Data;
using Platform.Events;

namespace Platform.CustomFields.Values;

/// <summary>Begins to keep the values of a field that became unique or searchable, and lets those go that nobody needs.</summary>
internal static class OnFieldsChanged
{
    public static async Task Handle(FieldsChanged message, EventContext context, PlatformDbContext db, CancellationToken cancellationToken)
    {
        var field = message.Field;
        if (context.Services.GetServices<ProtectedResource>().All(resource => resource.Find(field.Resource) is null))
            return;
        // Held, so that the indexer does not write what this changes.
        var index = await db.Set<CustomFieldIndex>()
            .FromSql($"SELECT * FROM custom_field_indexes WHERE resource = {field.Resource} AND field_key = {field.Key} FOR UPDATE").SingleOrDefaultAsync(cancellationToken);
        var now = db.Time.GetUtcNow();
        if (message.Purged)
            Add(db, ref index, field).Begin(IndexState.Purging, now);
        else if (field.Unique || field.Searchable)
            await KeepAsync(db, index, field, now, cancellationToken);
        else
            // Not at once: for a second, another replica may still look there.
            index?.Begin(IndexState.Dropping, now + TimeSpan.FromSeconds(10));
        await db.SaveChangesAsync(cancellationToken);
    }

    private static async Task KeepAsync(PlatformDbContext db, CustomFieldIndex? index, Field field, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var isAsItWas = index is { State: IndexState.Building or IndexState.Ready } && index.IsUnique == field.Unique;
        if (isAsItWas)
            return;
        if (index is { State: IndexState.Purging })
            throw new InvalidOperationException("The values of an earlier field of this key are still going.");
        // They were not kept for a while, or under another rule.
        if (index is not null)
            await db.Database.ExecuteSqlAsync($"DELETE FROM custom_field_values WHERE tenant_id = {index.TenantId} AND resource = {field.Resource} AND field_key = {field.Key}", cancellationToken);
        var kept = Add(db, ref index, field);
        kept.IsUnique = field.Unique;
        kept.Begin(IndexState.Building, now);
    }

    private static CustomFieldIndex Add(PlatformDbContext db, ref CustomFieldIndex? index, Field field)
    {
        if (index is null)
        {
            index = new CustomFieldIndex { Resource = field.Resource, FieldKey = field.Key, Kind = field.Type };
            db.Add(index);
        }

        return index;
    }
}
