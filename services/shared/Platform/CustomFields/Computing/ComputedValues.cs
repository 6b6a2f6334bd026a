using System.Collections.Concurrent;
using System.Reflection;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.CustomFields.Formulas;
using Platform.CustomFields.Numbering;
using Platform.CustomFields.RollUps;
using Platform.CustomFields.V1;
using Platform.Data;
using Platform.Errors;

namespace Platform.CustomFields.Computing;

/// <summary>Auto-numbers and formulas of records that are about to be written, in the same transaction, whoever writes them.</summary>
internal static class ComputedValues
{
    private static readonly ConcurrentDictionary<System.Type, PropertyInfo?> Properties = new();

    /// <summary>Whether tracked records are to get auto-numbers or rates, or several of them are counted by roll-ups.</summary>
    public static async ValueTask<bool> NeedsTransactionAsync(PlatformDbContext db, CancellationToken cancellationToken)
    {
        var rows = Changed(db);
        if (rows.Count == 0 || await FieldsAsync(db, cancellationToken) is not { } fields)
            return false;
        return IsCountedTogether(rows, fields) || rows.Any(row => fields.Of(row.AccessResource().Info.Name) is { } known
            && (known.MoneyKeys.Count > 0 || known.All.Any(field => field.Type == FieldType.AutoNumber && !Of(row)!.Fields.ContainsKey(field.Key))));
    }

    /// <summary>Computes what the tracked changes make new; the fields by which that was done, null where nothing is known of them.</summary>
    public static async Task<TenantFields?> ApplyAsync(PlatformDbContext db, CancellationToken cancellationToken)
    {
        var rows = Changed(db);
        return rows.Count == 0 ? db.Caller.CustomFields : await ApplyAsync(db, rows, rows, cancellationToken);
    }

    /// <summary>The same for rows that are written around the change tracker.</summary>
    public static Task<TenantFields?> ApplyAsync(PlatformDbContext db, IReadOnlyCollection<ProtectedEntity> rows, CancellationToken cancellationToken) =>
        // What is tracked besides is saved later in the same transaction.
        ApplyAsync(db, rows, [.. rows.Union(Changed(db))], cancellationToken);

    private static async Task<TenantFields?> ApplyAsync(
        PlatformDbContext db, IReadOnlyCollection<ProtectedEntity> rows, IReadOnlyCollection<ProtectedEntity> all, CancellationToken cancellationToken)
    {
        if (await FieldsAsync(db, cancellationToken) is not { } fields)
        {
            // Nobody would know that what is stored is no longer right.
            if (rows.Any(HasFormulas))
                throw CustomFieldErrors.Unavailable.ToRpcException();
            return null;
        }

        foreach (var group in rows.GroupBy(row => row.AccessResource()))
        {
            var known = fields.Of(group.Key.Info.Name);
            var rollUps = fields.RollUpsOver(known.Resource);
            // Values of a formula that was deleted would be wrong when it comes back.
            if (!known.HasComputed && rollUps.Count == 0 && known.MoneyKeys.Count == 0 && !group.Any(HasFormulas))
                continue;
            await NumberAsync(db, known, [.. group], cancellationToken);
            db.IsCountedElsewhere |= rollUps.Any(rollUp => rollUp.IsTold || fields.IsReadByFormula(rollUp.StoredKey));
            await ComputeAsync(db, group.Key, [.. group], fields, cancellationToken);
        }

        if (db.Database.CurrentTransaction is not null && IsCountedTogether(all, fields))
            await RollUpOrder.HoldAsync(db, all, all.Select(row => row.AccessResource().Info.Name).Where(name => IsCountedHere(name, fields)), cancellationToken);

        return fields;
    }

    /// <summary>Nothing but the rates of amounts that are entered, of records of one kind that are not saved yet.</summary>
    public static async Task AddRatesAsync(PlatformDbContext db, string resource, IReadOnlyList<ProtectedEntity> rows, CancellationToken cancellationToken)
    {
        if (await FieldsAsync(db, cancellationToken) is not { } fields)
            return;
        var rated = await RecordRates.AddAsync(db, fields.Of(resource), rows, [.. rows.Select(row => Of(row)!)], cancellationToken);
        for (var place = 0; place < rows.Count; place++)
            Set(rows[place], rated[place]);
    }

    /// <summary>The custom fields of a record; null where it has none.</summary>
    public static Struct? Of(ProtectedEntity row) => (Struct?)PropertyOf(row)?.GetValue(row);

    private static bool IsCountedTogether(IReadOnlyCollection<ProtectedEntity> rows, TenantFields fields) =>
        rows.Count > 1 && rows.Count(row => IsCountedHere(row.AccessResource().Info.Name, fields)) > 1;

    // What is told, to other services or to a worker, changes no values with the write.
    private static bool IsCountedHere(string resource, TenantFields fields) => fields.RollUpsOver(resource).Any(rollUp => !rollUp.IsTold);

    private static async Task ComputeAsync(PlatformDbContext db, ProtectedResource kind, IReadOnlyList<ProtectedEntity> rows, TenantFields fields, CancellationToken cancellationToken)
    {
        var (known, rollUps) = (fields.Of(kind.Info.Name), fields.RollUpsOver(kind.Info.Name));
        var computed = await RecordRates.AddAsync(db, known, rows, [.. rows.Select(row => known.Compute(Of(row)!, field => kind.ValueOf(row, field)))], cancellationToken);
        for (var place = 0; place < rows.Count; place++)
        {
            var (row, before, values) = (rows[place], Of(rows[place])!, computed[place]);
            if (rollUps.Count > 0)
            {
                // Filters read the record.
                Set(row, values);
                values = WithInputs(kind, row, values, rollUps, fields);
            }

            Set(row, values.Equals(before) ? before : values);
        }
    }

    private static Struct WithInputs(ProtectedResource kind, ProtectedEntity row, Struct computed, IReadOnlyList<BesideField> rollUps, TenantFields fields)
    {
        var values = new Struct();
        foreach (var (key, value) in computed.Fields)
            values.Fields[key] = value;
        foreach (var rollUp in rollUps)
            values.Fields[rollUp.StoredKey] = rollUp.InputOf(kind, row, computed, fields);
        return values;
    }

    private static bool HasFormulas(ProtectedEntity row) => Of(row)!.Fields.Keys.Any(ResourceFormulas.IsComputed);

    private static List<ProtectedEntity> Changed(PlatformDbContext db) => [.. db.ChangeTracker.Entries<ProtectedEntity>()
        .Where(entry => entry.State is EntityState.Added or EntityState.Modified)
        .Select(entry => entry.Entity).Where(row => Of(row) is not null)];

    /// <summary>The company's fields; null where nothing is known of them.</summary>
    public static async ValueTask<TenantFields?> FieldsAsync(PlatformDbContext db, CancellationToken cancellationToken) =>
        db.Caller.CustomFields ?? (db.Fields is { IsNeeded: true } directory && db.Caller.TenantId is not null ? await directory.GetAsync(db.Caller, cancellationToken) : null);

    // In the order in which the records come, and of fields, so that two transactions never wait for each other.
    private static async Task NumberAsync(PlatformDbContext db, ResourceFields known, List<ProtectedEntity> rows, CancellationToken cancellationToken)
    {
        foreach (var field in known.All.Where(field => field.Type == FieldType.AutoNumber).OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            var pattern = field.Definition.NumberPattern;
            var missing = rows.Where(row => !Of(row)!.Fields.ContainsKey(field.Key));
            foreach (var period in missing.GroupBy(row => AutoNumberPattern.PeriodOf(pattern, row.CreateTime)).OrderBy(period => period.Key, StringComparer.Ordinal))
            {
                var next = await NumberCounters.TakeAsync(db, known.Resource, field.Key, period.Key, period.Count(), cancellationToken);
                foreach (var row in period)
                    Set(row, new Struct(Of(row)!) { Fields = { [field.Key] = Value.ForString(AutoNumberPattern.Write(pattern, row.CreateTime, next++)) } });
            }
        }
    }

    // Another object, because the one that is there may be a part of a message.
    private static void Set(ProtectedEntity row, Struct values)
    {
        if (!ReferenceEquals(values, Of(row)))
            PropertyOf(row)!.SetValue(row, values);
    }

    private static PropertyInfo? PropertyOf(ProtectedEntity row) => Properties.GetOrAdd(row.GetType(), static type => type.GetProperty("CustomFields", typeof(Struct)));
}
