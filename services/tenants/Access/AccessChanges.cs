using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Errors;

namespace Platform.Tenants.Access;

/// <summary>Changes of members, roles, teams and policies: one at a time in a tenant, and known to all services when they are done.</summary>
internal static class AccessChanges
{
    /// <summary>
    /// Runs a change in a transaction that no other change of the same tenant shares: two administrators who remove each other at
    /// the same moment would otherwise both succeed. What was cached of the tenant's people is void afterwards.
    /// </summary>
    public static async Task<Result<T>> ChangeAccessAsync<T>(this TenantsDbContext db, AccessDirectory directory, Func<Task<Result<T>>> work, CancellationToken cancellationToken)
        where T : class
    {
        var tenant = db.Caller.RequiredTenantId;
        var version = 0L;
        var result = await db.InTransactionAsync(async () =>
        {
            version = await NextVersionAsync(db, tenant, cancellationToken);
            db.Publish(tenant, new V1.AccessChanged { Version = version });
            await directory.SpreadAsync(db, tenant, version, cancellationToken);
            return await work();
        }, cancellationToken);
        if (!result.IsError)
            directory.Forget(tenant, version);
        return result;
    }

    // Writing the row holds it until the transaction ends.
    private static async Task<long> NextVersionAsync(TenantsDbContext db, Guid tenant, CancellationToken cancellationToken) => (await db.Database.SqlQuery<long>(
        $"""
        INSERT INTO access_versions AS known (tenant_id, version) VALUES ({tenant}, 1)
        ON CONFLICT (tenant_id) DO UPDATE SET version = known.version + 1
        RETURNING version AS "Value"
        """).ToListAsync(cancellationToken)).Single();
}
