using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Tenants.Tenants;

namespace Platform.Tenants.Lifecycle;

internal static class GetUsage
{
    public static async Task<Result<V1.Usage>> Handle(TenantsDbContext db, CancellationToken cancellationToken) =>
        await db.Tenants.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } tenant ? await db.UsageAsync(tenant, cancellationToken) : TenantErrors.NotFound;
}
