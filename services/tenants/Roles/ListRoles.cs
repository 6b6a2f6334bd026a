using Platform.Errors;

namespace Platform.Tenants.Roles;

internal static class ListRoles
{
    public static Task<Result<V1.ListRolesResponse>> Handle() =>
        Task.FromResult<Result<V1.ListRolesResponse>>(new V1.ListRolesResponse { Roles = { BuiltInRoles.All.Select(role => role.ToMessage()) } });
}
