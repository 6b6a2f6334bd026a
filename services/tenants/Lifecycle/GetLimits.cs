using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Tenants.Tenants;

namespace Platform.Tenants.Lifecycle;

internal static class GetLimits
{
    public static async Task<Result<V1.Limits>> Handle(TenantsDbContext db, CancellationToken cancellationToken) =>
        await db.Tenants.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } tenant ? tenant.Limits : TenantErrors.NotFound;
}
