using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Data;
using Platform.Errors;
using Platform.Tenants.Access;
using Platform.Tenants.Tenants;

namespace Platform.Tenants.Lifecycle;

internal static class TenantChanges
{
    /// <summary>Changes how the scope's company stands; what was cached of its people is void afterwards.</summary>
    public static Task<Result<V1.Tenant>> ChangeTenantAsync(
        this TenantsDbContext db, AccessDirectory directory, Func<Tenant, Task<Error?>> change, CancellationToken cancellationToken) =>
        db.ChangeAccessAsync(directory, async () => await ChangeAsync(db, change, cancellationToken), cancellationToken);

    private static async Task<Result<V1.Tenant>> ChangeAsync(TenantsDbContext db, Func<Tenant, Task<Error?>> change, CancellationToken cancellationToken)
    {
        if (await db.Tenants.SingleOrDefaultAsync(cancellationToken) is not { } tenant)
            return TenantErrors.NotFound;
        if (tenant.IsPurged)
            return TenantErrors.Purged;
        var before = tenant.State;
        if (await change(tenant) is { } refused)
            return refused;
        if (tenant.State != before)
            db.Publish(tenant.Id, new V1.TenantStateChanged { Tenant = tenant.ToMessage() });
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : tenant.ToMessage();
    }
}
