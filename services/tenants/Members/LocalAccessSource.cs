using Platform.Access;
using Platform.Tenancy;
using Platform.Tenants.Roles;

namespace Platform.Tenants.Members;

/// <summary>Permissions of people out of this service's own database; used in a scope of its own, whose caller it sets.</summary>
internal sealed class LocalAccessSource(TenantsDbContext db, Caller caller) : IAccessSource
{
    public async Task<IReadOnlyCollection<string>> GetPermissionsAsync(Guid tenantId, string userId, string bearerToken, CancellationToken cancellationToken)
    {
        caller.ActAsSystem(tenantId, "access");
        return BuiltInRoles.PermissionsOf(await db.RolesOfAsync(userId, cancellationToken));
    }
}
