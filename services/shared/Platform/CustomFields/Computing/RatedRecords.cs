using Microsoft.EntityFrameworkCore;
using Platform.CustomFields.Values;
using Platform.Data;
using Platform.Monetary.Rates;

namespace Platform.CustomFields.Computing;

/// <summary>Records with amounts in custom fields follow when rates change: what has its rates already is passed over without being loaded.</summary>
internal static class RatedRecords
{
    private const int BatchSize = 500;

    /// <summary>The kinds of records of this service that have such amounts.</summary>
    public static IEnumerable<string> KindsOf(PlatformDbContext db, TenantFields fields) =>
        fields.All.Where(known => known.MoneyKeys.Count > 0 && db.Resources.Any(kind => kind.Find(known.Resource) is not null)).Select(known => known.Resource);

    /// <summary>Converts the next ones, in the transaction that holds the company's book.</summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="known">The fields of the kind of record.</param>
    /// <param name="reported">What the service says of the table, where amounts of its own are reported; null where not.</param>
    /// <param name="currency">The company's.</param>
    /// <param name="after">The last one that is done.</param>
    /// <param name="cancellationToken">Ends the statements.</param>
    public static async Task<List<Guid>> ConvertNextAsync(
        PlatformDbContext db, ResourceFields known, ReportedTable? reported, string currency, Guid after, CancellationToken cancellationToken)
    {
        var (table, ofKind) = (RecordTables.Of(db, known.Resource), RecordTables.RowsOf(known.Resource));
        var keys = known.MoneyKeys.ToArray();
        var ids = await db.Database.SqlQueryRaw<Guid>(Next(table, ofKind, reported), db.Caller.RequiredTenantId, after, keys, keys.Select(RecordRates.KeyOf).ToArray(), currency).ToListAsync(cancellationToken);
        if (ids.Count > 0)
            await new Recomputation(db, known.Resource, table, ofKind).ComputeAsync(ids, cancellationToken);
        return ids;
    }

    // The same rules as those of RecordRates for one record.
    private static string Next(string table, string ofKind, ReportedTable? reported) => $$"""
        SELECT reported.id AS "Value" FROM {{table}} AS reported
        WHERE reported.tenant_id = {0} AND reported.id > {1} AND jsonb_exists_any(reported.custom_fields, {2}){{ofKind}} AND (
            reported.custom_fields ->> '{{RecordRates.Company}}' IS DISTINCT FROM {4}
            OR EXISTS (
                SELECT FROM unnest({2}, {3}) AS amount (key, rate)
                WHERE jsonb_exists(reported.custom_fields, amount.key) AND NOT (({{reported?.Settled ?? "false"}}) AND jsonb_exists(reported.custom_fields, amount.rate))
                    AND (reported.custom_fields ->> amount.rate)::numeric IS DISTINCT FROM CASE WHEN reported.custom_fields -> amount.key ->> 'currency' = {4} THEN 1 ELSE (
                        SELECT rates.rate FROM exchange_rate_copies AS rates
                        WHERE rates.tenant_id = {0} AND rates.company_currency = {4} AND rates.currency = reported.custom_fields -> amount.key ->> 'currency'
                            AND rates.valid_from <= {{reported?.BusinessDate ?? "(reported.create_time AT TIME ZONE 'UTC')::date"}}
                        ORDER BY rates.valid_from DESC LIMIT 1) END))
        ORDER BY reported.id LIMIT {{BatchSize}} FOR NO KEY UPDATE OF reported
        """;
}
