using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Tenancy;
using Platform.Tenants.Roles;

namespace Platform.Tenants.Members;

/// <summary>Read from the database and not from the cache: other services ask right after MemberChanged told them to.</summary>
internal static class GetAccess
{
    public static async Task<Result<V1.Access>> Handle(TenantsDbContext db, Caller caller, CancellationToken cancellationToken)
    {
        var access = new V1.Access { TenantId = $"{caller.TenantId}", UserId = caller.Subject };
        if (caller.Kind is CallerKind.Service or CallerKind.ApiKey)
        {
            access.Permissions.Add(caller.Permissions.Order(StringComparer.Ordinal));
            return access;
        }

        var roles = await db.RolesOfAsync(caller.Subject, cancellationToken);
        access.Roles.Add(roles);
        access.Permissions.Add(BuiltInRoles.PermissionsOf(roles));
        return access;
    }

    /// <summary>The roles of a person in the scope's tenant; none where the person is no member of it.</summary>
    public static async Task<IReadOnlyList<string>> RolesOfAsync(this TenantsDbContext db, string userId, CancellationToken cancellationToken) =>
        Guid.TryParse(userId, out var id)
            ? await db.Members.Where(member => member.Id == id).Select(member => member.Roles).SingleOrDefaultAsync(cancellationToken) ?? []
            : [];
}
