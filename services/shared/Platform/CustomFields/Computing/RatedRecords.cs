using Microsoft.EntityFrameworkCore;
using Platform.CustomFields.Values;
using Platform.Data;
using Platform.Errors;
using Platform.Monetary.Rates;

namespace Platform.CustomFields.Computing;

/// <summary>Records with amounts in custom fields follow when rates change, a batch after the other, each in a transaction of its own.</summary>
internal static class RatedRecords
{
    private const int BatchSize = 500;

    public static async Task ConvertAsync(PlatformDbContext db, CancellationToken cancellationToken)
    {
        if (db.Fields is not { IsNeeded: true })
            return;
        // Nobody would know that what is kept is no longer right: it is tried again.
        if (await ComputedValues.FieldsAsync(db, cancellationToken) is not { } fields)
            throw CustomFieldErrors.Unavailable.ToRpcException();
        foreach (var known in fields.All.Where(known => known.MoneyKeys.Count > 0 && db.Resources.Any(kind => kind.Find(known.Resource) is not null)))
        {
            var last = Guid.Empty;
            while (await db.InTransactionAsync(() => ConvertNextAsync(db, known, last, cancellationToken), cancellationToken) is [.., var done])
                last = done;
        }
    }

    private static async Task<List<Guid>> ConvertNextAsync(PlatformDbContext db, ResourceFields known, Guid after, CancellationToken cancellationToken)
    {
        var (table, ofKind) = (RecordTables.Of(db, known.Resource), RecordTables.RowsOf(known.Resource));
        await RateBook.HoldAsync(db, cancellationToken);
        var sql = $"SELECT id AS \"Value\" FROM {table} WHERE tenant_id = {{0}} AND id > {{1}} AND jsonb_exists_any(custom_fields, {{2}}){ofKind} ORDER BY id LIMIT {BatchSize} FOR NO KEY UPDATE";
        var ids = await db.Database.SqlQueryRaw<Guid>(sql, db.Caller.RequiredTenantId, after, known.MoneyKeys.ToArray()).ToListAsync(cancellationToken);
        if (ids.Count > 0)
            await new Recomputation(db, known.Resource, table, ofKind).ComputeAsync(ids, cancellationToken);
        return ids;
    }
}
