using FluentValidation;
using Platform.Access;
using Platform.Data;
using Platform.Errors;
using Platform.Tenants.Access;

namespace Platform.Tenants.Roles;

internal static class CreateRole
{
    public sealed class Validator : AbstractValidator<V1.CreateRoleRequest>
    {
        public Validator() => RuleFor(request => request.Role).NotNull().WithMessage("Send the role.").SetValidator(new RoleValidator());
    }

    public static Task<Result<V1.Role>> Handle(V1.CreateRoleRequest request, TenantsDbContext db, AccessDirectory directory, TimeProvider time, CancellationToken cancellationToken) =>
        db.ChangeAccessAsync(directory, () => CreateAsync(request.Role, db, time.GetUtcNow(), cancellationToken), cancellationToken);

    private static async Task<Result<V1.Role>> CreateAsync(V1.Role message, TenantsDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (BuiltInRoles.Find(message.Name) is not null)
            return RoleErrors.Exists;
        if (RoleRules.CheckPermissions(message.Permissions) is { } unknown)
            return unknown;
        var role = CustomRole.Create(message, now);
        db.CustomRoles.Add(role);
        return await db.TrySaveChangesAsync(cancellationToken, RoleErrors.NameTaken) is { } error ? error : role.ToMessage();
    }
}
