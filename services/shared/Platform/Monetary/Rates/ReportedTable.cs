using Microsoft.EntityFrameworkCore;
using Platform.CustomFields.Computing;
using Platform.Data;

namespace Platform.Monetary.Rates;

/// <summary>
/// A table of records that are reported in the company's currency. Its statements convert anew what is not settled, and what has
/// no rate in the company's present currency; they are the same rules as <see cref="IReported"/> has for one record.
/// </summary>
/// <param name="name">The table; its columns are <c>currency</c>, <c>reporting_currency</c> and <c>reporting_rate</c>.</param>
/// <param name="settled">Which of its rows keep their rate, in SQL, of the row <c>reported</c>.</param>
/// <param name="businessDate">The day whose rate counts, likewise.</param>
public sealed class ReportedTable(string name, string settled, string businessDate)
{
    private const int BatchSize = 1_000;

    // {0} is the tenant, {1} the company's currency.
    private readonly string _open = $"(NOT ({settled}) OR reported.reporting_rate IS NULL OR reported.reporting_currency <> {{1}})";

    private readonly string _rate = $$"""
        CASE WHEN reported.currency = {1} THEN 1 ELSE (
            SELECT rates.rate FROM exchange_rate_copies AS rates
            WHERE rates.tenant_id = {0} AND rates.company_currency = {1} AND rates.currency = reported.currency AND rates.valid_from <= {{businessDate}}
            ORDER BY rates.valid_from DESC LIMIT 1) END
        """;

    private string Next => $$"""
        SELECT reported.id AS "Value" FROM {{name}} AS reported
        WHERE reported.tenant_id = {0} AND reported.id > {2} AND {{_open}}
            AND (reported.reporting_currency <> {1} OR reported.reporting_rate IS DISTINCT FROM {{_rate}})
        ORDER BY reported.id LIMIT {3}
        """;

    private string Convert => $"UPDATE {name} AS reported SET reporting_currency = {{1}}, reporting_rate = {_rate} WHERE reported.tenant_id = {{0}} AND reported.id = ANY({{2}}) AND {_open}";

    /// <summary>Converts the company's records by the rates that are known now, a batch after the other, each in a transaction of its own.</summary>
    internal async Task ConvertAsync(PlatformDbContext db, CancellationToken cancellationToken)
    {
        var last = Guid.Empty;
        while (await db.InTransactionAsync(() => ConvertNextAsync(db, last, cancellationToken), cancellationToken) is [.., var done])
            last = done;
    }

    private async Task<List<Guid>> ConvertNextAsync(PlatformDbContext db, Guid after, CancellationToken cancellationToken)
    {
        var tenant = db.Caller.RequiredTenantId;
        // Of two who convert at once, neither does so by what the other has replaced.
        var currency = (await RateBook.HoldAsync(db, cancellationToken))?.Currency ?? "";
        var ids = await db.Database.SqlQueryRaw<Guid>(Next, tenant, currency, after, BatchSize).ToListAsync(cancellationToken);
        if (ids.Count == 0)
            return ids;
        await db.Database.ExecuteSqlRawAsync(Convert, [tenant, currency, ids.ToArray()], cancellationToken);
        // Formulas and roll-ups read what an amount is worth in the company's currency.
        await Recomputation.FollowAsync(db, name, ids, cancellationToken);
        return ids;
    }
}
