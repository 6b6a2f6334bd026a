using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Data;
using Platform.Tenants.V1;

namespace Platform.Tenancy.Quotas;

/// <summary>A quota, as the transaction that adds to it sees it.</summary>
/// <param name="Resource">Its name.</param>
/// <param name="Most">The limit.</param>
/// <param name="Used">What there would be.</param>
/// <param name="IsDue">Whether it should be counted again.</param>
/// <param name="IsFresh">Whether it was counted just now.</param>
/// <param name="Round">Of the last word on a share.</param>
internal sealed record QuotaState(string Resource, long Most, long Used, bool IsDue, bool IsFresh, long Round);

/// <summary>Statements on a tenant's quotas, in its open transaction.</summary>
internal static class QuotaTable
{
    private const string Names = "SELECT resource FROM quotas WHERE tenant_id = $1";

    // Rows are locked in the order of their names, so that no two wait for each other. Whoever did not know of a limit yet when
    // it was set is counted a few seconds later.
    private const string Grow = """
        WITH locked AS (SELECT resource FROM quotas WHERE tenant_id = $1 AND resource = ANY($2) ORDER BY resource FOR UPDATE)
        UPDATE quotas AS quota SET used = quota.used + growth.rows FROM locked JOIN unnest($2, $3) AS growth (resource, rows) USING (resource)
        WHERE quota.tenant_id = $1 AND quota.resource = locked.resource
        RETURNING quota.resource, quota.most, quota.used,
            quota.count_time < clock_timestamp() - interval '10 minutes'
                OR (quota.count_time < quota.set_time + interval '5 seconds' AND clock_timestamp() >= quota.set_time + interval '5 seconds'),
            quota.count_time > clock_timestamp() - interval '10 seconds', quota.round
        """;

    private const string Take = "UPDATE quotas SET most = $3, round = $4 WHERE tenant_id = $1 AND resource = $2 AND round < $4";
    private const string Forget = "DELETE FROM quotas WHERE tenant_id = $1 AND resource = $2";

    public static async Task<string[]> NamesAsync(DbTransaction transaction, Guid tenant, CancellationToken cancellationToken)
    {
        await using var command = Command(transaction, Names, tenant);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var names = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
            names.Add(reader.GetString(0));
        return [.. names];
    }

    /// <summary>Adds to the quotas, and holds them until the transaction ends, which it is about to.</summary>
    public static async Task<IReadOnlyList<QuotaState>> GrowAsync(
        DbTransaction transaction, Guid tenant, IReadOnlyList<(string Resource, long Rows)> growth, CancellationToken cancellationToken)
    {
        await using var command = Command(transaction, Grow, tenant);
        command.Parameters.Add(new() { Value = growth.Select(part => part.Resource).ToArray() });
        command.Parameters.Add(new() { Value = growth.Select(part => part.Rows).ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var states = new List<QuotaState>();
        while (await reader.ReadAsync(cancellationToken))
            states.Add(new QuotaState(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetBoolean(3), reader.GetBoolean(4), reader.GetInt64(5)));
        return states;
    }

    /// <summary>Counts a quota that is held: nobody else who counts can commit meanwhile, so the number is exact.</summary>
    public static async Task<long> CountAsync(DbTransaction transaction, Guid tenant, string resource, string count, CancellationToken cancellationToken)
    {
        var sql = $"UPDATE quotas SET used = {count}, count_time = clock_timestamp() WHERE tenant_id = $1 AND resource = $2 RETURNING used";
        await using var command = Command(transaction, sql, tenant);
        command.Parameters.Add(new() { Value = resource });
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Writes down what tenants has given to a share that is held; where it knows of no limit there is none here either.</summary>
    public static async Task TakeAsync(DbTransaction transaction, Guid tenant, string resource, TakeShareResponse given, CancellationToken cancellationToken)
    {
        await using var command = Command(transaction, given.Total > 0 ? Take : Forget, tenant);
        command.Parameters.Add(new() { Value = resource });
        if (given.Total > 0)
        {
            command.Parameters.Add(new() { Value = given.Share });
            command.Parameters.Add(new() { Value = given.Round });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Whether a quota was counted too long ago to tell others of it: rows ten seconds, bytes a minute.</summary>
    public static async Task<bool> IsStaleAsync(PlatformDbContext db, string resource, CancellationToken cancellationToken)
    {
        // Bytes take long to measure, which is done in the background (StorageMeter): unknown are only those that never were.
        if (QuotaKinds.IsStorage(resource))
            return (await db.Database.SqlQuery<bool>($"SELECT count_time = '-infinity' AS \"Value\" FROM quotas WHERE tenant_id = {db.Caller.RequiredTenantId} AND resource = {resource}").ToListAsync(cancellationToken)).Single();
        var age = TimeSpan.FromSeconds(10);
        return (await db.Database.SqlQuery<bool>($"SELECT count_time < clock_timestamp() - {age} AS \"Value\" FROM quotas WHERE tenant_id = {db.Caller.RequiredTenantId} AND resource = {resource}")
            .ToListAsync(cancellationToken)).Single();
    }

    private static NpgsqlCommand Command(DbTransaction transaction, string text, Guid tenant) =>
        new(text, (NpgsqlConnection)transaction.Connection!, (NpgsqlTransaction)transaction) { Parameters = { new() { Value = tenant } } };
}
