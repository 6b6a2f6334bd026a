using Microsoft.EntityFrameworkCore;
using Platform.Errors;

namespace Platform.Tenants.Tenants;

internal static class GetTenant
{
    public static async Task<Result<V1.Tenant>> Handle(TenantsDbContext db, CancellationToken cancellationToken) =>
        await db.Tenants.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } tenant ? tenant.ToMessage() : TenantErrors.NotFound;
}
