using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Access.Fields;
using Platform.CustomFields.Formulas;
using Platform.CustomFields.Values;
using Platform.Data;

namespace Platform.CustomFields.RollUps;

/// <summary>Puts roll-ups into the records that are answered: one statement for all of them.</summary>
internal static class RollUpAnswers
{
    /// <summary>Adds the values, what is pending, and why there is none.</summary>
    /// <param name="db">The unit of work of the service that has the records.</param>
    /// <param name="messages">What is answered; its custom fields are replaced.</param>
    /// <param name="fields">Those in use.</param>
    /// <param name="access">Who is told; null for everything.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    public static async Task AddAsync(PlatformDbContext db, IEnumerable<IMessage> messages, TenantFields fields, PersonAccess? access, CancellationToken cancellationToken)
    {
        var records = new List<(IMessage Record, string Resource, Guid Id)>();
        foreach (var message in messages)
        {
            ResourcePaths.Of(message.Descriptor).Visit(message, (record, resource) =>
            {
                if (fields.Of(resource.Name).HasRollUps && db.Resources.Any(known => known.Find(resource.Name) is not null) && record.Descriptor.FindFieldByName("id")?.Accessor.GetValue(record) is string text && Guid.TryParse(text, out var id))
                    records.Add((record, resource.Name, id));
            });
        }

        if (records.Count == 0)
            return;
        var told = records.Select(record => record.Resource).Distinct(StringComparer.Ordinal).ToDictionary(resource => resource, resource => Told(fields, access, resource), StringComparer.Ordinal);
        var known = await ReadAsync(db, KeysOf(told, _ => true), KeysOf(told, IsConverted), [.. records.Select(record => record.Id).Distinct()], cancellationToken);
        await ReadFormulasAsync(db, told, [.. records.Select(record => record.Id).Distinct()], known, cancellationToken);
        foreach (var (record, resource, id) in records)
            Add(record, id, told[resource], known);
    }

    private static List<(string Key, BesideField? RollUp)> Told(TenantFields fields, PersonAccess? access, string resource) =>
    [
        .. fields.Of(resource).All.Where(field => field.IsBeside && access?.FieldsOf(resource).IsReadable(FormulaFields.PathOf(field.Key)) is not false)
            .Select(field => (field.Key, fields.FindRollUp(resource, field.Key))),
    ];

    // Of formulas the roll-ups that they read, because those say as of when.
    private static string[] KeysOf(Dictionary<string, List<(string Key, BesideField? RollUp)>> told, Func<BesideField, bool> isMeant) =>
    [
        .. told.Values.SelectMany(keys => keys).SelectMany(item => item.RollUp?.Counted ?? []).Where(isMeant).Select(rollUp => rollUp.StoredKey).Distinct(StringComparer.Ordinal),
    ];

    // What a formula gives counts where it was made of what the record and its roll-ups are, in one snapshot.
    private static async Task ReadFormulasAsync(PlatformDbContext db, Dictionary<string, List<(string Key, BesideField? RollUp)>> told, Guid[] ids, Known known, CancellationToken cancellationToken)
    {
        foreach (var (resource, keys) in told)
        {
            var formulas = keys.Select(item => item.RollUp).OfType<RollUpFormula>().ToList();
            if (formulas.Count == 0)
                continue;
            var sql = $$"""
                SELECT kept.roll_up, kept.record_id, kept.number, kept.word, kept.reason
                FROM (SELECT key, rolled FROM unnest({2}, {3}) AS formula (key, rolled) WHERE platform.are_roll_ups_counted({0}, rolled) OFFSET 0) AS formula
                    JOIN roll_up_values AS kept ON kept.tenant_id = {0} AND kept.roll_up = formula.key AND kept.record_id = ANY ({1})
                    JOIN {{RecordTables.Of(db, resource)}} AS record ON record.tenant_id = {0} AND record.id = kept.record_id
                WHERE kept.unit = (record.custom_fields ->> formula.key) || platform.roll_ups_of({0}, kept.record_id, formula.rolled)
                """;
            var rows = await db.Database.SqlQueryRaw<Made>(
                sql, db.Caller.RequiredTenantId, ids, formulas.Select(formula => formula.StoredKey).ToArray(), formulas.Select(formula => formula.Rolled).ToArray()).ToListAsync(cancellationToken);
            foreach (var row in rows)
                known.Values[(row.RollUp, row.RecordId)] = new Found(row.Number, row.Word, row.Reason);
        }
    }

    private static bool IsConverted(BesideField rollUp) => rollUp is { IsAcross: false, Definition.RollUp.InCompanyCurrency: true };

    // What is counted and what came of it out of one snapshot: nothing is told of a roll-up that begins anew in between, nor of one
    // in the company's currency before all records are converted.
    private static async Task<Known> ReadAsync(PlatformDbContext db, string[] keys, string[] converted, Guid[] ids, CancellationToken cancellationToken)
    {
        var values = db.Set<RollUpValue>();
        var rows = await (
            from index in db.Counted(index => keys.Contains(index.FieldKey))
            where !converted.Contains(index.FieldKey) || !db.Set<CustomFieldIndex>().Any(work => work.FieldKey == CustomFieldIndex.Rates)
            from value in values.Where(value => value.RollUp == index.FieldKey && ids.Contains(value.RecordId)).DefaultIfEmpty()
            select new { index.FieldKey, index.AsOfTime, RecordId = (Guid?)value.RecordId, value.Number, value.Word, value.Reason }).AsNoTracking().ToListAsync(cancellationToken);
        return new Known(
            rows.GroupBy(row => row.FieldKey, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().AsOfTime, StringComparer.Ordinal),
            rows.Where(row => row.RecordId is not null).ToDictionary(row => (row.FieldKey, row.RecordId!.Value), row => new Found(row.Number, row.Word, row.Reason)));
    }

    private static void Add(IMessage record, Guid id, List<(string Key, BesideField? RollUp)> told, Known known)
    {
        var field = record.Descriptor.FindFieldByName(ResourceInfo.CustomFields);
        // Another object, because this one may be the record's own.
        var values = new Struct();
        foreach (var (key, value) in ((Struct?)field.Accessor.GetValue(record))?.Fields ?? [])
            values.Fields[key] = value;
        foreach (var (key, rollUp) in told)
        {
            var isPending = rollUp is null || (rollUp is RollUpFormula ? !known.Values.ContainsKey((rollUp.StoredKey, id)) : !known.Counted.ContainsKey(rollUp.StoredKey));
            var found = isPending ? null : known.Values.GetValueOrDefault((rollUp!.StoredKey, id)) ?? (rollUp.IsCount ? new Found(0, null, null) : null);
            ResourceFields.AddRollUp(values, key, isPending, found is null ? null : RollUpValue.ToValue(rollUp!.ResultType, found.Number, found.Word), found?.Reason);
            if (!isPending && known.AsOf(rollUp!) is { } asOf)
                ResourceFields.AddAsOf(values, key, TimeValues.Format(asOf));
        }

        field.Accessor.SetValue(record, values);
    }

    private sealed record Known(Dictionary<string, DateTimeOffset?> Counted, Dictionary<(string RollUp, Guid Record), Found> Values)
    {
        // A formula is as old as the oldest that it reads.
        public DateTimeOffset? AsOf(BesideField field) => field.Counted
            .Where(rollUp => rollUp.IsAcross).Select(rollUp => Counted.GetValueOrDefault(rollUp.StoredKey)).Min();
    }

    private sealed record Made(string RollUp, Guid RecordId, decimal? Number, string? Word, string? Reason);

    private sealed record Found(decimal? Number, string? Word, string? Reason);
}
