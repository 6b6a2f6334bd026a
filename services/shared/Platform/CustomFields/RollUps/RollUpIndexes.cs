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

        await ReadByFormulasAsync(db, [.. fields.RollUpsOver(child).OfType<RollUpFormula>()], child, cancellationToken);
    }

    // The roll-ups that formulas read, each a row whose resource is the roll-up: PostgreSQL tells the formula of every change of its values.
    private static async Task ReadByFormulasAsync(PlatformDbContext db, List<RollUpFormula> formulas, string child, CancellationToken cancellationToken)
    {
        var wanted = formulas.SelectMany(formula => formula.RollUps.Select(rollUp => (RollUp: rollUp.StoredKey, Formula: formula.StoredKey))).ToList();
        var (rollUps, keys) = (wanted.Select(pair => pair.RollUp).ToArray(), wanted.Select(pair => pair.Formula).ToArray());
        await db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM custom_field_indexes WHERE tenant_id = {db.Caller.RequiredTenantId} AND kind = 'Formula' AND starts_with(field_key, {RollUpFormula.PrefixOf(child)})
                AND (resource, field_key) NOT IN (SELECT * FROM unnest({rollUps}, {keys}))
            """,
            cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO custom_field_indexes (tenant_id, resource, field_key, kind, is_unique, state, run_number, is_told)
            SELECT {db.Caller.RequiredTenantId}, roll_up, formula, 'Formula', false, 'Ready', 0, false FROM unnest({rollUps}, {keys}) AS read (roll_up, formula) ON CONFLICT DO NOTHING
            """,
            cancellationToken);
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

    /// <summary>Takes what records give to a roll-up, or to a formula over some, that is gone for good out of them.</summary>
    public static async Task PurgeAsync(PlatformDbContext db, Field field, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (child, name) = field.RollUp is null ? (field.Resource, RollUpFormula.NameOf(field)) : (field.RollUp.Resource, RollUpField.NameOf(field));
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
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO roll_up_changes (tenant_id, roll_up, child_id)
            SELECT reader.tenant_id, reader.field_key, kept.record_id FROM custom_field_indexes AS reader JOIN roll_up_values AS kept ON kept.tenant_id = reader.tenant_id AND kept.roll_up = {key}
            WHERE reader.tenant_id = {db.Caller.RequiredTenantId} AND reader.resource = {key}
            """,
            cancellationToken);
        await db.Set<RollUpInput>().Where(input => input.RollUp == key).ExecuteDeleteAsync(cancellationToken);
        await db.Set<RollUpValue>().Where(value => value.RollUp == key).ExecuteDeleteAsync(cancellationToken);
        await db.Set<RollUpChange>().Where(change => change.RollUp == key).ExecuteDeleteAsync(cancellationToken);
        await db.Set<EarlyRollUp>().Where(early => early.RollUp == key).ExecuteDeleteAsync(cancellationToken);
    }
}
