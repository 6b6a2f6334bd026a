using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields.Computing;
using Platform.CustomFields.Formulas;
using Platform.CustomFields.RollUps.Across;
using Platform.CustomFields.V1;
using Platform.CustomFields.Values;
using Platform.Data;

namespace Platform.CustomFields.RollUps;

/// <summary>
/// Computes a formula over roll-ups for the records of which something changed that it reads. What changes meanwhile is told anew,
/// and until then the value says that it was made of something else.
/// </summary>
/// <param name="db">The unit of work.</param>
/// <param name="key">The stored key of the formula.</param>
internal sealed class FormulaOverRollUpsWork(PlatformDbContext db, string key)
{
    private const int BatchSize = 500;

    /// <summary>Computes all that there is.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await db.InTransactionAsync(() => StepAsync(cancellationToken), cancellationToken))
            db.ChangeTracker.Clear();
    }

    // Whether there may be more. The row of the work is held: one process at a time.
    private async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        var resource = RollUpField.ParentOf(key);
        var index = (await db.Set<CustomFieldIndex>().FromSql($"SELECT * FROM custom_field_indexes WHERE resource = {resource} AND field_key = {key} FOR UPDATE").ToListAsync(cancellationToken)).SingleOrDefault();
        if (index is not { State: IndexState.Building or IndexState.Ready })
        {
            await db.Set<RollUpChange>().Where(change => change.RollUp == key).ExecuteDeleteAsync(cancellationToken);
            return false;
        }

        // Not known here yet: somebody else does it, or this process once it has heard.
        if (db.Caller.CustomFields?.RollUpsOver(resource).OfType<RollUpFormula>().FirstOrDefault(known => known.StoredKey == key) is not { } formula)
            return false;
        var taken = await TakeAsync(cancellationToken);
        if (taken.Count > 0)
            await ComputeAsync(formula, [.. taken.Distinct()], cancellationToken);
        return taken.Count == BatchSize;
    }

    private Task<List<Guid>> TakeAsync(CancellationToken cancellationToken)
    {
        var sql = $$"""
            DELETE FROM roll_up_changes WHERE tenant_id = {0} AND roll_up = {1}
                AND id IN (SELECT id FROM roll_up_changes WHERE tenant_id = {0} AND roll_up = {1} ORDER BY id LIMIT {{BatchSize}}) RETURNING child_id AS "Value"
            """;
        return db.Database.SqlQueryRaw<Guid>(sql, db.Caller.RequiredTenantId, key).ToListAsync(cancellationToken);
    }

    // First the records, then their roll-ups: what is newer than it was read has been told, and is computed once more.
    private async Task ComputeAsync(RollUpFormula formula, Guid[] ids, CancellationToken cancellationToken)
    {
        var kind = db.Resources.Select(known => known.Find(formula.Child)).First(known => known is not null)!;
        var rows = await kind.LoadAsync(db, ids, cancellationToken);
        var made = (await ReadAsync(formula, ids, cancellationToken)).ToLookup(row => row.RecordId);
        var computed = new List<Computed>();
        foreach (var row in rows)
        {
            // Who wrote it did not know the formula: the indexer marks it, and tells it again.
            if (ComputedValues.Of(row)!.Fields.GetValueOrDefault(key) is not { } own)
                continue;
            var rollUps = formula.RollUps.ToDictionary(rollUp => rollUp.Definition.Key, rollUp => ReadRollUp(rollUp, made[row.Id]), StringComparer.Ordinal);
            computed.Add(new Computed(row.Id, own.StringValue + made[row.Id].First().MadeOf, formula.ValueOf(kind, row, ComputedValues.Of(row)!, name => rollUps[name])));
        }

        await WriteAsync(formula, computed, cancellationToken);
        var gone = ids.Except(rows.Select(row => row.Id)).ToArray();
        await db.Set<RollUpValue>().Where(value => value.RollUp == key && gone.Contains(value.RecordId)).ExecuteDeleteAsync(cancellationToken);
    }

    private Task<List<Made>> ReadAsync(RollUpFormula formula, Guid[] ids, CancellationToken cancellationToken) => db.Database.SqlQueryRaw<Made>(
        """
        SELECT record.id AS record_id, platform.roll_ups_of({0}, record.id, {2}) AS made_of, kept.roll_up, kept.number, kept.word
        FROM unnest({1}) AS record (id)
            LEFT JOIN roll_up_values AS kept ON kept.tenant_id = {0} AND kept.record_id = record.id AND kept.roll_up = ANY (string_to_array({2}, E'\n'))
        """,
        db.Caller.RequiredTenantId, ids, formula.Rolled).ToListAsync(cancellationToken);

    private static FormulaValue ReadRollUp(RollUpField rollUp, IEnumerable<Made> made)
    {
        var kept = made.FirstOrDefault(row => row.RollUp == rollUp.StoredKey);
        var value = kept is null ? null : RollUpValue.ToValue(rollUp.ResultType, kept.Number, kept.Word);
        return value is null && rollUp.IsCount ? 0m : FormulaFields.Read(rollUp.ResultType, value);
    }

    private Task<int> WriteAsync(RollUpFormula formula, List<Computed> computed, CancellationToken cancellationToken)
    {
        var values = computed.Select(row => RollUpValue.Of(row.Value)).ToList();
        return db.Database.ExecuteSqlRawAsync(
            """
            INSERT INTO roll_up_values (tenant_id, record_id, roll_up, contributions, total, unit, is_mixed, number, word, reason, sort_key)
            SELECT {0}, record_id, {1}, 1, 0, made_of, false, number, word, reason, CASE
                WHEN {7} = 'Text' THEN platform.custom_field_key(to_jsonb(word), 'Text') WHEN number IS NULL THEN word
                ELSE platform.custom_field_number(trim_scale(number)::text) || coalesce(' ' || word, '') END
            FROM unnest({2}, {3}, {4}, {5}, {6}) AS computed (record_id, made_of, number, word, reason)
            ON CONFLICT (tenant_id, record_id, roll_up) DO UPDATE SET
                unit = EXCLUDED.unit, number = EXCLUDED.number, word = EXCLUDED.word, reason = EXCLUDED.reason, sort_key = EXCLUDED.sort_key
            """,
            [
                db.Caller.RequiredTenantId, key, computed.Select(row => row.Id).ToArray(), computed.Select(row => row.MadeOf).ToArray(),
                values.Select(value => value.Number).ToArray(), values.Select(value => value.Word).ToArray(), computed.Select(row => row.Value.Reason).ToArray(),
                formula.ResultType.ToString(),
            ],
            cancellationToken);
    }

    private sealed record Made(Guid RecordId, string MadeOf, string? RollUp, decimal? Number, string? Word);

    private sealed record Computed(Guid Id, string MadeOf, FormulaValue Value);
}
