using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Access.Fields;
using Platform.CustomFields.Formulas;
using Platform.CustomFields.V1;
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
        var known = await ReadAsync(db, [.. told.Values.SelectMany(keys => keys).Select(item => item.RollUp?.StoredKey).OfType<string>()], [.. records.Select(record => record.Id).Distinct()], cancellationToken);
        foreach (var (record, resource, id) in records)
            Add(record, id, told[resource], known);
    }

    private static List<(string Key, RollUpField? RollUp)> Told(TenantFields fields, PersonAccess? access, string resource) =>
    [
        .. fields.Of(resource).All.Where(field => field.Type == FieldType.RollUp && access?.FieldsOf(resource).IsReadable(FormulaFields.PathOf(field.Key)) is not false)
            .Select(field => (field.Key, fields.FindRollUp(resource, field.Key))),
    ];

    // What is counted and what came of it out of one snapshot: nothing is told of a roll-up that begins anew in between.
    private static async Task<Known> ReadAsync(PlatformDbContext db, string[] keys, Guid[] ids, CancellationToken cancellationToken)
    {
        var values = db.Set<RollUpValue>();
        var rows = await (
            from index in db.Counted(index => keys.Contains(index.FieldKey))
            from value in values.Where(value => value.RollUp == index.FieldKey && ids.Contains(value.RecordId)).DefaultIfEmpty()
            select new { index.FieldKey, index.AsOfTime, RecordId = (Guid?)value.RecordId, value.Number, value.Word, value.Reason }).AsNoTracking().ToListAsync(cancellationToken);
        return new Known(
            rows.GroupBy(row => row.FieldKey, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().AsOfTime, StringComparer.Ordinal),
            rows.Where(row => row.RecordId is not null).ToDictionary(row => (row.FieldKey, row.RecordId!.Value), row => new Found(row.Number, row.Word, row.Reason)));
    }

    private static void Add(IMessage record, Guid id, List<(string Key, RollUpField? RollUp)> told, Known known)
    {
        var field = record.Descriptor.FindFieldByName(ResourceInfo.CustomFields);
        // Another object, because this one may be the record's own.
        var values = new Struct();
        foreach (var (key, value) in ((Struct?)field.Accessor.GetValue(record))?.Fields ?? [])
            values.Fields[key] = value;
        foreach (var (key, rollUp) in told)
        {
            var isPending = rollUp is null || !known.Counted.ContainsKey(rollUp.StoredKey);
            var found = isPending ? null : known.Values.GetValueOrDefault((rollUp!.StoredKey, id)) ?? (rollUp.IsCount ? new Found(0, null, null) : null);
            ResourceFields.AddRollUp(values, key, isPending, found is null ? null : RollUpValue.ToValue(rollUp!.ResultType, found.Number, found.Word), found?.Reason);
            if (rollUp is { IsAcross: true } && !isPending && known.Counted[rollUp.StoredKey] is { } asOf)
                ResourceFields.AddAsOf(values, key, TimeValues.Format(asOf));
        }

        field.Accessor.SetValue(record, values);
    }

    private sealed record Known(Dictionary<string, DateTimeOffset?> Counted, Dictionary<(string RollUp, Guid Record), Found> Values);

    private sealed record Found(decimal? Number, string? Word, string? Reason);
}
