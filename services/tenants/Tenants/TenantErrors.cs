using Platform.Errors;

namespace Platform.Tenants.Tenants;

internal static class TenantErrors
{
    public static readonly Error NotFound =
        new(Google.Rpc.Code.NotFound, "NOT_FOUND", "This company is not on the installation: it exists in the identity server only.");

    public static readonly Error FixedSlug =
        Error.Invalid("tenant.slug", "The short name is the alias of the organization in the identity server: it cannot be changed here.");
}
