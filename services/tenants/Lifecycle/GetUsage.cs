using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Tenants.Tenants;

namespace Platform.Tenants.Lifecycle;

internal static class GetUsage
{
    public static async Task<Result<V1.Usage>> Handle(TenantsDbContext db, ServiceUsage services, CancellationToken cancellationToken) =>
        await db.Tenants.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } tenant
            ? await services.AddAsync(await db.UsageAsync(tenant, cancellationToken), tenant.Limits, cancellationToken)
            : TenantErrors.NotFound;
}
