using Microsoft.EntityFrameworkCore;
using Platform.Errors;

namespace Platform.Tenants.Roles;

/// <summary>What holds for all roles of a tenant together.</summary>
internal static class RoleRules
{
    /// <summary>What the roles grant together; a role that no longer exists grants nothing.</summary>
    public static async Task<IReadOnlyCollection<string>> PermissionsOfAsync(this TenantsDbContext db, IReadOnlyCollection<string> roles, CancellationToken cancellationToken)
    {
        var own = roles.Where(role => BuiltInRoles.Find(role) is null).ToList();
        if (own.Count == 0)
            return BuiltInRoles.PermissionsOf(roles);
        var granted = await db.CustomRoles.Where(role => own.Contains(role.Name)).Select(role => role.Permissions).ToListAsync(cancellationToken);
        return [.. BuiltInRoles.PermissionsOf(roles).Concat(granted.SelectMany(permissions => permissions)).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>The first role that does not exist, with its place; null where all do.</summary>
    public static async Task<(int Index, string Role)?> FindUnknownRoleAsync(this TenantsDbContext db, IReadOnlyCollection<string> roles, CancellationToken cancellationToken)
    {
        var own = roles.Where(role => BuiltInRoles.Find(role) is null).ToList();
        if (own.Count == 0)
            return null;
        var known = await db.CustomRoles.Where(role => own.Contains(role.Name)).Select(role => role.Name).ToListAsync(cancellationToken);
        return roles.Index().Where(role => own.Contains(role.Item) && !known.Contains(role.Item)).Select(role => ((int, string)?)(role.Index, role.Item)).FirstOrDefault();
    }

    /// <summary>The first permission that does not exist, as an error.</summary>
    public static Error? CheckPermissions(IEnumerable<string> permissions) =>
        permissions.Index().FirstOrDefault(permission => !BuiltInRoles.AllPermissions.Contains(permission.Item)) is { Item: { } unknown } found
            ? RoleErrors.UnknownPermission(found.Index, unknown)
            : null;
}
