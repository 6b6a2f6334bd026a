using Platform.Errors;

namespace Platform.Tenants.Roles;

internal static class ListPermissions
{
    public static Task<Result<V1.ListPermissionsResponse>> Handle() => Task.FromResult<Result<V1.ListPermissionsResponse>>(new V1.ListPermissionsResponse
    {
        Groups =
        {
            BuiltInRoles.AllPermissions.GroupBy(permission => permission[..permission.IndexOf('.', StringComparison.Ordinal)])
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new V1.PermissionGroup { Module = group.Key, Permissions = { group.Order(StringComparer.Ordinal) } }),
        },
    });
}
