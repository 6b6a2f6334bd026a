using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Tenants.ExternalApps;
using Platform.Tenants.Roles;
using static Platform.Languages.Wording;

namespace Platform.Tenants.Newcomers;

/// <summary>Which role people may get whom nobody of the company has looked at.</summary>
internal static class NewcomerRules
{
    /// <summary>Why newcomers cannot get the role.</summary>
    public static async Task<Error?> CheckNewcomerRoleAsync(this TenantsDbContext db, string role, CancellationToken cancellationToken)
    {
        if (role.Length == 0)
            return null;
        if (await db.FindUnknownRoleAsync([role], cancellationToken) is not null)
            return Refused("UNKNOWN_ROLE", Say($"There is no role '{role}'."));
        return (await db.PermissionsOfAsync([role], cancellationToken)).Any(ExternalAppRules.NeverGranted.Contains)
            ? Refused("ROLE_TOO_POWERFUL", Say($"The role '{role}' may administer the company: choose one that may not."))
            : null;
    }

    /// <summary>Whoever is made a member by hand is nobody who was removed.</summary>
    public static async Task ForgiveAsync(this TenantsDbContext db, Guid user, CancellationToken cancellationToken) =>
        db.FormerMembers.RemoveRange(await db.FormerMembers.Where(former => former.UserId == user).ToListAsync(cancellationToken));

    private static Error Refused(string code, string message) =>
        new(Google.Rpc.Code.InvalidArgument, code, message) { Violations = [new FieldViolation("tenant.newcomerRole", message)] };
}
