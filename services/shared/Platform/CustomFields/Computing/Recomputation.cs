using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Access;
using Platform.CustomFields.V1;
using Platform.Data;

namespace Platform.CustomFields.Computing;

/// <summary>
/// Computes records that lack a value of a present formula, or an auto-number. Nothing else of a record changes: neither the time of
/// its change nor the audit log speaks of it.
/// </summary>
/// <param name="db">The unit of work, in a transaction.</param>
/// <param name="resource">The kind of record.</param>
/// <param name="table">Its table.</param>
/// <param name="ofKind">Which rows of the table they are, as a condition in SQL that begins with AND; empty for all.</param>
internal sealed class Recomputation(PlatformDbContext db, string resource, string table, string ofKind)
{
    /// <summary>The next records that lack something, held until the end of the transaction so that nobody writes them meanwhile.</summary>
    public Task<List<Guid>> NextAsync(Guid after, int count, CancellationToken cancellationToken)
    {
        var keys = Fields.FormulaKeys.Concat(Fields.All.Where(field => field.Type == FieldType.AutoNumber).Select(field => field.Key)).ToArray();
        var sql = $"SELECT id AS \"Value\" FROM {table} WHERE tenant_id = {{0}} AND id > {{1}} AND NOT jsonb_exists_all(custom_fields, {{2}}){ofKind} ORDER BY id LIMIT {count} FOR NO KEY UPDATE";
        return keys.Length == 0 ? Task.FromResult(new List<Guid>()) : db.Database.SqlQueryRaw<Guid>(sql, db.Caller.RequiredTenantId, after, keys).ToListAsync(cancellationToken);
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
        if (changed.Count > 0)
            await db.Database.ExecuteSqlRawAsync(sql, [db.Caller.RequiredTenantId, changed.Select(row => row.Id).ToArray(), changed.Select(row => JsonFormatter.Default.Format(ComputedValues.Of(row))).ToArray()], cancellationToken);
    }

    private ResourceFields Fields => db.Caller.CustomFields?.Of(resource) ?? throw new InvalidOperationException("What fields the company has is not known.");
}
