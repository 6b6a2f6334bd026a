using Platform.Access;
using Platform.Errors;
using Platform.Tenancy;
using Platform.Tenants.Tenants;

namespace Platform.Tenants.Lifecycle;

internal static class SetModules
{
    public static Task<Result<V1.Tenant>> Handle(V1.SetModulesRequest request, TenantsDbContext db, AccessDirectory directory, TimeProvider time, CancellationToken cancellationToken) =>
        db.ChangeTenantAsync(directory, tenant => Task.FromResult(Change(tenant, request, db, time.GetUtcNow())), cancellationToken);

    private static Error? Change(Tenant tenant, V1.SetModulesRequest request, TenantsDbContext db, DateTimeOffset now)
    {
        if (ModuleRules.Check(request.Modules, "modules") is { } unknown)
            return unknown;
        // None at all is what was asked for here, and not all.
        tenant.Entitle([.. request.Modules, .. Modules.Always], now);
        db.Publish(tenant.Id, new V1.TenantUpdated { Tenant = tenant.ToMessage() });
        return null;
    }
}
