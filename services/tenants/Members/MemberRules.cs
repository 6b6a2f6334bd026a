using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Tenants.Roles;

namespace Platform.Tenants.Members;

/// <summary>What holds for all members of a tenant together.</summary>
internal static class MemberRules
{
    /// <summary>The first role that does not exist, as an error.</summary>
    public static async Task<Error?> CheckRolesAsync(this TenantsDbContext db, IReadOnlyCollection<string> roles, CancellationToken cancellationToken) =>
        await db.FindUnknownRoleAsync(roles, cancellationToken) is { } unknown ? MemberErrors.UnknownRole(unknown.Index, unknown.Role) : null;

    /// <summary>Whether the person would report to itself under that manager.</summary>
    public static async Task<bool> IsAboveAsync(this TenantsDbContext db, Guid person, Guid? manager, CancellationToken cancellationToken)
    {
        while (manager is { } above)
        {
            if (above == person)
                return true;
            manager = await db.Members.Where(member => member.Id == above).Select(member => member.ManagerId).SingleOrDefaultAsync(cancellationToken);
        }

        return false;
    }

    /// <summary>Whether somebody else could still administer the tenant.</summary>
    public static Task<bool> HasOtherAdministratorAsync(this TenantsDbContext db, Member member, CancellationToken cancellationToken) =>
        db.Members.AnyAsync(other => other.Id != member.Id && other.Roles.Contains(BuiltInRoles.Administrator), cancellationToken);
}
