namespace Platform.Tenants;

internal static class Permissions
{
    public const string Read = "tenants.read";
    public const string Admin = "tenants.admin";
}
