namespace Platform.Tenants;

internal static class Permissions
{
    public const string Read = "tenants.read";
    public const string Admin = "tenants.admin";

    /// <summary>Sets what other currencies are worth.</summary>
    public const string Rates = "tenants.rates";

    /// <summary>Ends the company, and takes that back.</summary>
    public const string Delete = "tenants.delete";

    /// <summary>The operator's: no role grants it, only service accounts have it.</summary>
    public const string Provision = "tenants.provision";

    /// <summary>To ask for access: no role grants it, only the operator's people have it.</summary>
    public const string Support = Platform.Access.TokenClaims.SupportRole;
}
