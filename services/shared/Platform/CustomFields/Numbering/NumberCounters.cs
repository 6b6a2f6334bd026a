using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields.Values;
using Platform.Data;

namespace Platform.CustomFields.Numbering;

/// <summary>
/// How far auto-numbers have come. A count is a row beside the values of its field, under the id that no record has; who takes
/// from it holds it until the end of the transaction. So a transaction that fails leaves no gap, and no number comes twice.
/// </summary>
public static class NumberCounters
{
    /// <summary>Before the field's key; no key of a field begins so.</summary>
    internal const char Mark = '#';

    private static readonly Guid NoRecord = Guid.Empty;

    /// <summary>Takes numbers; the first of them.</summary>
    /// <param name="db">The unit of work, in a transaction.</param>
    /// <param name="resource">The kind of record.</param>
    /// <param name="key">The field; empty for what the records themselves are numbered by.</param>
    /// <param name="period">What they count within.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    public static async Task<long> TakeAsync(PlatformDbContext db, string resource, string key, string period, int count, CancellationToken cancellationToken)
    {
        var (tenant, name, taken) = (db.Caller.RequiredTenantId, $"{Mark}{key} {period}", count.ToString("D19", CultureInfo.InvariantCulture));
        var last = await db.Database.SqlQuery<string>(
            $"""
            INSERT INTO custom_field_values AS known (tenant_id, resource, record_id, field_key, sort_key, is_unique) VALUES ({tenant}, {resource}, {NoRecord}, {name}, {taken}, false)
            ON CONFLICT (tenant_id, resource, record_id, field_key) DO UPDATE SET sort_key = lpad((known.sort_key::bigint + {count})::text, 19, '0')
            RETURNING sort_key AS "Value"
            """).ToListAsync(cancellationToken);
        return long.Parse(last.Single(), CultureInfo.InvariantCulture) - count + 1;
    }

    /// <summary>Forgets the counts of a field that is gone for good.</summary>
    internal static Task DeleteAsync(PlatformDbContext db, string resource, string key, CancellationToken cancellationToken) => db.Set<CustomFieldValue>()
        .Where(value => value.Resource == resource && value.RecordId == NoRecord && value.FieldKey.StartsWith($"{Mark}{key} ")).ExecuteDeleteAsync(cancellationToken);
}
