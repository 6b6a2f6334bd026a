using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Access;
using Platform.Data;

namespace Platform.CustomFields.RollUps;

/// <summary>
/// In which order transactions take what they change for roll-ups, so that none waits in a circle: the records, then the gate of
/// their kind (alone who writes several, beside others who writes one: PostgreSQL's trigger does that), then the values.
/// </summary>
internal static class RollUpOrder
{
    private const string Patience = "300ms";

    /// <summary>Waits for the rows that are changed, then for all others who write records of these kinds, until the end of the transaction.</summary>
    /// <param name="db">The unit of work, in a transaction.</param>
    /// <param name="rows">What it writes; those that are new are in nobody's way.</param>
    /// <param name="resources">The kinds of which records are counted.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task HoldAsync(PlatformDbContext db, IEnumerable<ProtectedEntity> rows, IEnumerable<string> resources, CancellationToken cancellationToken)
    {
        foreach (var table in rows.Where(row => db.Entry(row).State == EntityState.Modified).GroupBy(row => db.Entry(row).Metadata.GetTableName()!).OrderBy(table => table.Key, StringComparer.Ordinal))
        {
            var sql = $"SELECT count(*) FROM (SELECT FROM {table.Key} WHERE tenant_id = {{0}} AND id = ANY ({{1}}) ORDER BY id FOR NO KEY UPDATE) AS held";
            await db.Database.ExecuteSqlRawAsync(sql, [db.Caller.RequiredTenantId, table.Select(row => row.Id).ToArray()], cancellationToken);
        }

        foreach (var resource in resources.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            await HoldAsync(db, resource, cancellationToken);
    }

    /// <summary>The same for who holds what others may be waiting for, and so does not wait long; whether it is held.</summary>
    public static async Task<bool> TryHoldAsync(PlatformDbContext db, string resource, CancellationToken cancellationToken)
    {
        var transaction = db.Database.CurrentTransaction!;
        await transaction.CreateSavepointAsync("before_roll_ups", cancellationToken);
        try
        {
            await db.Database.ExecuteSqlAsync($"SELECT set_config('lock_timeout', {Patience}, true)", cancellationToken);
            await HoldAsync(db, resource, cancellationToken);
            await db.Database.ExecuteSqlRawAsync("SET LOCAL lock_timeout TO DEFAULT", cancellationToken);
            return true;
        }
        catch (PostgresException late) when (late.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            await transaction.RollbackToSavepointAsync("before_roll_ups", cancellationToken);
            return false;
        }
    }

    private static Task<int> HoldAsync(PlatformDbContext db, string resource, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"SELECT platform.hold_roll_ups({db.Caller.RequiredTenantId}, {resource})", cancellationToken);
}
