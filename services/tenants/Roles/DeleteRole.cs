using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Data;
using Platform.Errors;
using Platform.Tenants.Access;

namespace Platform.Tenants.Roles;

internal static class DeleteRole
{
    public static Task<Result<Empty>> Handle(V1.DeleteRoleRequest request, TenantsDbContext db, AccessDirectory directory, CancellationToken cancellationToken) =>
        db.ChangeAccessAsync(directory, () => RemoveAsync(request, db, cancellationToken), cancellationToken);

    private static async Task<Result<Empty>> RemoveAsync(V1.DeleteRoleRequest request, TenantsDbContext db, CancellationToken cancellationToken)
    {
        if (BuiltInRoles.Find(request.Name) is not null)
            return RoleErrors.BuiltIn;
        if (await db.CustomRoles.SingleOrDefaultAsync(row => row.Name == request.Name, cancellationToken) is not { } role)
            return RoleErrors.NotFound(request.Name);
        if (!role.Matches(request.Etag))
            return Error.Stale("role");
        if (await db.Members.AnyAsync(member => member.Roles.Contains(role.Name), cancellationToken)
            || await db.Policies.AnyAsync(policy => policy.Roles.Contains(role.Name), cancellationToken)
            || await db.Tenants.AnyAsync(tenant => tenant.NewcomerRole == role.Name, cancellationToken))
            return RoleErrors.InUse;
        db.CustomRoles.Remove(role);
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : new Empty();
    }
}
