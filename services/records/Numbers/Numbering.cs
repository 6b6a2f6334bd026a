using Microsoft.EntityFrameworkCore;
using Platform.CustomFields;
using Platform.CustomFields.V1;

namespace Platform.Records.Numbers;

internal static class Numbering
{
    /// <summary>
    /// Takes the next numbers of the object, within the transaction that makes the records: a rollback gives them back, so there is
    /// no gap but where a record is deleted. Whoever makes the next one waits for the row until the commit.
    /// </summary>
    public static async Task<IReadOnlyList<string>> TakeNumbersAsync(
        this RecordsDbContext db, ObjectType known, int count, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (NumberPattern.Parse(known.NumberPattern) is not { } pattern || known.NumberPattern.Length == 0)
            return [.. Enumerable.Repeat("", count)];
        var period = pattern.IsYearly ? now.UtcDateTime.Year : 0;
        var last = (await db.Database.SqlQuery<long>(
            $"""
            INSERT INTO record_counters AS counter (tenant_id, object_key, period, last_place) VALUES ({db.Caller.RequiredTenantId}, {known.Key}, {period}, {count})
            ON CONFLICT (tenant_id, object_key, period) DO UPDATE SET last_place = counter.last_place + {count}
            RETURNING last_place AS "Value"
            """).ToListAsync(cancellationToken)).Single();
        return [.. Enumerable.Range(1, count).Select(i => pattern.Format(last - count + i, now.UtcDateTime.Year))];
    }
}
