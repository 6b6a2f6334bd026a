using Platform.Access;
using Platform.Errors;

namespace Platform.Tenants.Lifecycle;

internal static class ResumeTenant
{
    public static Task<Result<V1.Tenant>> Handle(TenantsDbContext db, AccessDirectory directory, TimeProvider time, CancellationToken cancellationToken) =>
        db.ChangeTenantAsync(directory, tenant =>
        {
            tenant.Resume(time.GetUtcNow());
            return Task.FromResult<Error?>(null);
        }, cancellationToken);
}
