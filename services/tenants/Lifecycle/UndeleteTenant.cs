using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Errors;
using Platform.Tenants.Tenants;

namespace Platform.Tenants.Lifecycle;

internal static class UndeleteTenant
{
    public static Task<Result<V1.Tenant>> Handle(TenantsDbContext db, AccessDirectory directory, TimeProvider time, CancellationToken cancellationToken) =>
        db.ChangeTenantAsync(directory, tenant => UndeleteAsync(tenant, db, time.GetUtcNow(), cancellationToken), cancellationToken);

    private static async Task<Error?> UndeleteAsync(Tenant tenant, TenantsDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (tenant.PurgeTime is null)
            return TenantErrors.NotDeleting;
        tenant.Undelete(now);
        db.Purges.RemoveRange(await db.Purges.ToListAsync(cancellationToken));
        return null;
    }
}
