using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Data;
using Platform.Errors;
using Platform.Tenants.Access;
using Platform.Validation;

namespace Platform.Tenants.Roles;

internal static class UpdateRole
{
    public sealed class Validator : AbstractValidator<V1.UpdateRoleRequest>
    {
        public Validator() => RuleFor(request => request.Role).NotNull().WithMessage("Send the role.");
    }

    public static Task<Result<V1.Role>> Handle(V1.UpdateRoleRequest request, TenantsDbContext db, AccessDirectory directory, TimeProvider time, CancellationToken cancellationToken) =>
        db.ChangeAccessAsync(directory, () => ChangeAsync(request, db, time.GetUtcNow(), cancellationToken), cancellationToken);

    private static async Task<Result<V1.Role>> ChangeAsync(V1.UpdateRoleRequest request, TenantsDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (BuiltInRoles.Find(request.Role.Name) is not null)
            return RoleErrors.BuiltIn;
        if (await db.CustomRoles.SingleOrDefaultAsync(row => row.Name == request.Role.Name, cancellationToken) is not { } role)
            return RoleErrors.NotFound(request.Role.Name);
        if (!role.Matches(request.Role.Etag))
            return Error.Stale("role");
        var merged = Masks.Merge(role.ToMessage(), request.Role, request.UpdateMask).Validate(new RoleValidator(), "role");
        if (merged.IsError)
            return merged.Error;
        if (RoleRules.CheckPermissions(merged.Value.Permissions) is { } unknown)
            return unknown;
        role.Update(merged.Value, now);
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : role.ToMessage();
    }
}
