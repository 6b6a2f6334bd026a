using Platform.Data;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Tenants.Roles;

internal static class RoleErrors
{
    public const string UniqueName = "ix_roles_tenant_id_name";

    public static readonly Error BuiltIn = Error.Precondition("ROLE_BUILT_IN", "Every company has this role: it cannot be changed. Make a role of your own.");

    public static readonly Error InUse = Error.Precondition("ROLE_IN_USE", "Members have this role, or policies name it: take it from them first.");

    public static readonly Error Exists = Error.AlreadyExists("ROLE_EXISTS", "There is a role of this name already.");

    public static readonly UniqueViolation NameTaken = new(UniqueName, Exists);

    public static Error NotFound(string name) => Error.NotFound("role", name);

    public static Error UnknownPermission(int index, string permission)
    {
        var message = Say($"There is no permission '{permission}'.");
        return new Error(Google.Rpc.Code.InvalidArgument, "UNKNOWN_PERMISSION", message) { Violations = [new FieldViolation($"role.permissions[{index}]", message)] };
    }
}
