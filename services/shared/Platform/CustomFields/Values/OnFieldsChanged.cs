using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Access;
using Platform.CustomFields.Formulas;
using Platform.CustomFields.RollUps;
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
        if (!IsOwn(context, field.Resource))
        {
            // What it reads, or what reads it, may be here.
            await FollowRollUpsAsync(message, context, db, db.Time.GetUtcNow(), cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            return;
        }

        // Held, so that the indexer does not write what this changes.
        var index = await db.Set<CustomFieldIndex>()
            .FromSql($"SELECT * FROM custom_field_indexes WHERE resource = {field.Resource} AND field_key = {field.Key} FOR UPDATE").SingleOrDefaultAsync(cancellationToken);
        var now = db.Time.GetUtcNow();
        await FollowRollUpsAsync(message, context, db, now, cancellationToken);
        if (field.Type == FieldType.RollUp)
        {
            await db.SaveChangesAsync(cancellationToken);
            return;
        }

        if (field.IsComputed() || (field.Type == FieldType.Money && ResourceCatalogue.Find(field.Resource) is { KeepsRates: true }))
            await ComputeAsync(message, context, db, now, cancellationToken);
        if (message.Purged)
            Add(db, ref index, field).Begin(IndexState.Purging, now);
        else if (field.Type != FieldType.Formula && (field.Unique || field.Searchable || field.Type == FieldType.Relation))
            await KeepAsync(db, index, field, now, cancellationToken);
        else
            // Not at once: for a second, another replica may still look there.
            index?.Begin(IndexState.Dropping, now + TimeSpan.FromSeconds(10));
        await db.SaveChangesAsync(cancellationToken);
    }

    private static bool IsOwn(EventContext context, string resource) => context.Services.GetServices<ProtectedResource>().Any(known => known.Find(resource) is not null);

    // What records give to roll-ups is stored under another key whenever a field changes that it is made of.
    private static async Task FollowRollUpsAsync(FieldsChanged message, EventContext context, PlatformDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (field, directory) = (message.Field, context.Services.GetRequiredService<CustomFieldDirectory>());
        var child = field.RollUp?.Resource ?? field.Resource;
        var isOwn = IsOwn(context, child);
        var isMeant = field.Type switch
        {
            FieldType.RollUp => isOwn || IsOwn(context, field.Resource),
            FieldType.Formula when isOwn => true,
            _ => (await directory.GetAsync(db.Caller, cancellationToken))?.MayCount(child) is true,
        };
        if (!isMeant)
            return;
        var fields = await directory.GetAtLeastAsync(db.Caller, message.Version, cancellationToken);
        if (isOwn)
            await RollUpIndexes.FollowAsync(db, fields, child, now, cancellationToken);
        else
            await RollUpIndexes.FollowOthersAsync(db, fields, child, now, cancellationToken);
        // Formulas over roll-ups follow those, whatever these count.
        foreach (var resource in fields.WithFormulasOverRollUps.Append(field.Resource).Distinct(StringComparer.Ordinal).Where(resource => resource != child && IsOwn(context, resource)).Order(StringComparer.Ordinal))
            await RollUpIndexes.FollowAsync(db, fields, resource, now, cancellationToken);
        if (isOwn && message.Purged && (field.Type == FieldType.RollUp || MayReadRollUps(field)))
            await RollUpIndexes.PurgeAsync(db, field, now, cancellationToken);
    }

    private static bool MayReadRollUps(Field field) => field.Type == FieldType.Formula && field.Formula.Contains(ResourceInfo.CustomFields, StringComparison.Ordinal);

    // The values of a formula are stored under another key whenever it changes, and so are those of formulas that read it.
    private static async Task ComputeAsync(FieldsChanged message, EventContext context, PlatformDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var resource = message.Field.Resource;
        var fields = (await context.Services.GetRequiredService<CustomFieldDirectory>().GetAtLeastAsync(db.Caller, message.Version, cancellationToken)).Of(resource);
        var known = await db.Set<CustomFieldIndex>().FromSql($"SELECT * FROM custom_field_indexes WHERE resource = {resource} FOR UPDATE").ToListAsync(cancellationToken);
        var wanted = fields.All.Where(field => field is { Type: FieldType.Formula, IsBeside: false, Definition.Searchable: true }).ToDictionary(field => field.StoredKey, field => field.Definition.ValueType(), StringComparer.Ordinal);
        foreach (var index in known.Where(index => ResourceFormulas.IsComputed(index.FieldKey) && index.Kind != FieldType.RollUp && index.State != IndexState.Dropping && !wanted.ContainsKey(index.FieldKey)))
            // Not at once: for a second, another replica may still look there.
            index.Begin(IndexState.Dropping, now + TimeSpan.FromSeconds(10));
        foreach (var (key, type) in wanted.Where(field => known.All(index => index.FieldKey != field.Key || index.State == IndexState.Dropping)))
        {
            // What was kept for an earlier formula of the same words was not kept all the while.
            await db.Database.ExecuteSqlAsync($"DELETE FROM custom_field_values WHERE tenant_id = {db.Caller.RequiredTenantId} AND resource = {resource} AND field_key = {key}", cancellationToken);
            Find(db, known, resource, key, type).Begin(IndexState.Building, now);
        }

        if (fields.HasComputed || fields.MoneyKeys.Count > 0)
            Find(db, known, resource, CustomFieldIndex.Computed, FieldType.Formula).Begin(IndexState.Computing, now);
    }

    private static CustomFieldIndex Find(PlatformDbContext db, List<CustomFieldIndex> known, string resource, string key, FieldType type)
    {
        if (known.Find(index => index.FieldKey == key) is { } index)
            return index;
        index = new CustomFieldIndex { Resource = resource, FieldKey = key, Kind = type };
        db.Add(index);
        return index;
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
            index = new CustomFieldIndex { Resource = field.Resource, FieldKey = field.Key, Kind = field.ValueType() };
            db.Add(index);
        }

        return index;
    }
}
