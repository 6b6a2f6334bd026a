using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Access;
using Platform.CustomFields.V1;
using Platform.CustomFields.Values;
using Platform.Data;

namespace Platform.CustomFields.Computing;

/// <summary>
/// Computes records that lack a value of a present formula, an auto-number, or the rate of an amount. Nothing else of a record changes: neither the time of
/// its change nor the audit log speaks of it.
/// </summary>
/// <param name="db">The unit of work, in a transaction.</param>
/// <param name="resource">The kind of record.</param>
/// <param name="table">Its table.</param>
/// <param name="ofKind">Which rows of the table they are, as a condition in SQL that begins with AND; empty for all.</param>
internal sealed class Recomputation(PlatformDbContext db, string resource, string table, string ofKind)
{
    /// <summary>Computes records anew of which something changed around the change tracker, in the same transaction.</summary>
    /// <param name="db">The unit of work, in the transaction that holds them.</param>
    /// <param name="table">Their table, which has records of one kind.</param>
    /// <param name="ids">The records.</param>
    /// <param name="cancellationToken">Ends the statements.</param>
    public static async Task FollowAsync(PlatformDbContext db, string table, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        if (RecordTables.KindIn(db, table) is not { } kind)
            return;
        var fields = await ComputedValues.FieldsAsync(db, cancellationToken);
        if (fields is null || fields.Of(kind.Info.Name).HasComputed || fields.RollUpsOver(kind.Info.Name).Count > 0)
            await new Recomputation(db, kind.Info.Name, table, "").ComputeAsync(ids, cancellationToken);
    }

    /// <summary>The next records that lack something, held until the end of the transaction so that nobody writes them meanwhile.</summary>
    public Task<List<Guid>> NextAsync(Guid after, int count, CancellationToken cancellationToken)
    {
        var keys = Fields.FormulaKeys.Concat(Fields.All.Where(field => field.Type == FieldType.AutoNumber).Select(field => field.Key)).ToArray();
        var amounts = Fields.MoneyKeys.ToArray();
        // An amount lacks its rate where a process wrote it that did not know the field, or the field was gone for a while.
        var sql = $$"""
            SELECT id AS "Value" FROM {{table}} WHERE tenant_id = {0} AND id > {1}{{ofKind}} AND (NOT jsonb_exists_all(custom_fields, {2})
                OR EXISTS (SELECT FROM unnest({3}, {4}) AS amount (key, rate) WHERE jsonb_exists(custom_fields, key) AND NOT jsonb_exists(custom_fields, rate)))
            ORDER BY id LIMIT {{count}} FOR NO KEY UPDATE
            """;
        return keys.Length + amounts.Length == 0 ? Task.FromResult(new List<Guid>())
            : db.Database.SqlQueryRaw<Guid>(sql, db.Caller.RequiredTenantId, after, keys, amounts, amounts.Select(RecordRates.KeyOf).ToArray()).ToListAsync(cancellationToken);
    }

    /// <summary>Computes them.</summary>
    public async Task ComputeAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var kind = db.Resources.Select(known => known.Find(resource)).First(known => known is not null)!;
        var rows = await kind.LoadAsync(db, ids, cancellationToken);
        var before = rows.ToDictionary(row => row.Id, row => ComputedValues.Of(row)!);
        await ComputedValues.ApplyAsync(db, rows, cancellationToken);
        var changed = rows.Where(row => !ReferenceEquals(before[row.Id], ComputedValues.Of(row))).ToList();
        var sql = $"UPDATE {table} AS row SET custom_fields = computed.fields::jsonb FROM unnest({{1}}, {{2}}) AS computed (id, fields) WHERE row.tenant_id = {{0}} AND row.id = computed.id";
        db.HasRecomputed |= changed.Count > 0;
        if (changed.Count > 0)
            await db.Database.ExecuteSqlRawAsync(sql, [db.Caller.RequiredTenantId, changed.Select(row => row.Id).ToArray(), changed.Select(row => JsonFormatter.Default.Format(ComputedValues.Of(row))).ToArray()], cancellationToken);
    }

    private ResourceFields Fields => db.Caller.CustomFields?.Of(resource) ?? throw new InvalidOperationException("What fields the company has is not known.");
}
