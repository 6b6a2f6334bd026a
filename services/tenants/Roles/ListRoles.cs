using Microsoft.EntityFrameworkCore;
using Platform.Errors;

namespace Platform.Tenants.Roles;

internal static class ListRoles
{
    public static async Task<Result<V1.ListRolesResponse>> Handle(TenantsDbContext db, CancellationToken cancellationToken)
    {
        var own = await db.CustomRoles.AsNoTracking().OrderBy(role => role.Name).ToListAsync(cancellationToken);
        return new V1.ListRolesResponse { Roles = { BuiltInRoles.All.Select(role => role.ToMessage()), own.Select(role => role.ToMessage()) } };
    }
}
