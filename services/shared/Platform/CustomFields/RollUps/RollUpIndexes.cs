using Microsoft.EntityFrameworkCore;
using Platform.CustomFields.Formulas;
using Platform.CustomFields.RollUps.Across;
using Platform.CustomFields.V1;
using Platform.CustomFields.Values;
using Platform.Data;

namespace Platform.CustomFields.RollUps;

/// <summary>What is counted follows what is defined: each roll-up is a row of work beside those of kept values, with the counted kind of record.</summary>
internal static class RollUpIndexes
{
    /// <summary>Begins to count what is new, and lets go what is not wanted any more.</summary>
    /// <param name="db">The unit of work, in a transaction; saved by the caller.</param>
    /// <param name="fields">Those in use.</param>
    /// <param name="child">The kind of record that is counted.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Ends the statements.</param>
    public static async Task FollowAsync(PlatformDbContext db, TenantFields fields, string child, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var known = await db.Set<CustomFieldIndex>().FromSql($"SELECT * FROM custom_field_indexes WHERE resource = {child} AND kind = 'RollUp' FOR UPDATE").ToListAsync(cancellationToken);
        var wanted = fields.RollUpsOver(child).Select(rollUp => rollUp.StoredKey).ToHashSet(StringComparer.Ordinal);
        foreach (var index in known.Where(index => index.State is not (IndexState.Dropping or IndexState.Purging) && !wanted.Contains(index.FieldKey)))
            // Not at once: for a second, another replica may still look there.
            index.Begin(IndexState.Dropping, now + TimeSpan.FromSeconds(10));
        foreach (var key in wanted)
        {
            var index = known.Find(index => index.FieldKey == key);
            if (known.Exists(other => other.State == IndexState.Purging && key.StartsWith($"{other.FieldKey}{ResourceFormulas.Mark}", StringComparison.Ordinal)))
                throw new InvalidOperationException("What an earlier roll-up of this key counted is still going.");
            if (index is { State: not IndexState.Dropping })
                continue;
            if (index is null)
            {
                index = new CustomFieldIndex { Resource = child, FieldKey = key, Kind = FieldType.RollUp };
                db.Add(index);
            }

            await BeginAsync(db, index, now, cancellationToken);
        }
    }

    /// <summary>Begins to count anew: what was counted for an earlier roll-up of the same words was not counted all the while.</summary>
    public static async Task BeginAsync(PlatformDbContext db, CustomFieldIndex index, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await ForgetAsync(db, index.FieldKey, cancellationToken);
        index.Begin(IndexState.Building, now);
        index.BeginRun(RollUpField.IsKeyAcross(index.FieldKey, index.Resource) ? NextRun(index, db.Time.GetUtcNow()) : null);
    }

    // Later than the last one, whatever the clock of the process says that began it: who hears of an earlier one passes it over.
    private static Guid NextRun(CustomFieldIndex index, DateTimeOffset now)
    {
        var next = index.Run is { } last && OnRollUpCountWanted.BegunAt(last) is var begun && begun >= now ? begun.AddMilliseconds(1) : now;
        return Guid.CreateVersion7(next);
    }

    /// <summary>The same where the records that are counted are kept by another service: it tells what they give.</summary>
    public static async Task FollowOthersAsync(PlatformDbContext db, TenantFields fields, string child, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var known = await db.Set<CustomFieldIndex>().FromSql($"SELECT * FROM custom_field_indexes WHERE resource = {child} AND kind = 'RollUp' FOR UPDATE").ToListAsync(cancellationToken);
        var wanted = fields.RollUpsOver(child).Select(rollUp => rollUp.StoredKey).ToHashSet(StringComparer.Ordinal);
        foreach (var index in known.Where(index => index.State != IndexState.Dropping && !wanted.Contains(index.FieldKey)))
            index.Begin(IndexState.Dropping, now + TimeSpan.FromSeconds(10));
        foreach (var key in wanted.Where(key => known.All(index => index.FieldKey != key || index.State == IndexState.Dropping)))
        {
            var index = known.Find(index => index.FieldKey == key);
            if (index is null)
            {
                index = new CustomFieldIndex { Resource = child, FieldKey = key, Kind = FieldType.RollUp };
                db.Add(index);
            }

            // Wanted again, it asks as who has heard nothing.
            await ForgetAsync(db, key, cancellationToken);
            index.BeginRun(null);
            index.Begin(IndexState.Building, now + RollUpTaking.Patience);
        }
    }

    /// <summary>Takes what a roll-up that is gone for good counted out of the counted records.</summary>
    public static async Task PurgeAsync(PlatformDbContext db, Field field, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (child, name) = (field.RollUp.Resource, RollUpField.NameOf(field));
        var index = await db.Set<CustomFieldIndex>().FromSql($"SELECT * FROM custom_field_indexes WHERE resource = {child} AND field_key = {name} FOR UPDATE").SingleOrDefaultAsync(cancellationToken);
        if (index is null)
        {
            index = new CustomFieldIndex { Resource = child, FieldKey = name, Kind = FieldType.RollUp };
            db.Add(index);
        }

        index.Begin(IndexState.Purging, now);
    }

    /// <summary>Forgets all that is counted under a key.</summary>
    public static async Task ForgetAsync(PlatformDbContext db, string key, CancellationToken cancellationToken)
    {
        await db.Set<RollUpInput>().Where(input => input.RollUp == key).ExecuteDeleteAsync(cancellationToken);
        await db.Set<RollUpValue>().Where(value => value.RollUp == key).ExecuteDeleteAsync(cancellationToken);
        await db.Set<RollUpChange>().Where(change => change.RollUp == key).ExecuteDeleteAsync(cancellationToken);
        await db.Set<EarlyRollUp>().Where(early => early.RollUp == key).ExecuteDeleteAsync(cancellationToken);
    }
}
