namespace Platform.Tenants;

internal static class Permissions
{
    public const string Read = "tenants.read";
    public const string Admin = "tenants.admin";

    /// <summary>Ends the company, and takes that back.</summary>
    public const string Delete = "tenants.delete";

    /// <summary>The operator's: no role grants it, only service accounts have it.</summary>
    public const string Provision = "tenants.provision";
}
