using Platform.Errors;

namespace Platform.Tenants.Tenants;

internal static class TenantErrors
{
    public static readonly Error NotFound =
        new(Google.Rpc.Code.NotFound, "NOT_FOUND", "This company is not on the installation: it exists in the identity server only.");

    public static readonly Error Suspended =
        Error.Precondition("TENANT_SUSPENDED", "This company is suspended: resume it first.");

    public static readonly Error Purged =
        Error.Precondition("TENANT_PURGED", "This company was deleted with all that it had.");

    public static readonly Error NotDeleting =
        Error.Precondition("TENANT_NOT_DELETING", "Nobody asked for the deletion of this company.");

    public static readonly Error ConfirmationNeeded =
        Error.Precondition("CONFIRMATION_NEEDED", "Send the short name of the company as 'slug' to confirm that it is to be deleted.");

    public static readonly Error FixedSlug =
        Error.Invalid("tenant.slug", "The short name is the alias of the organization in the identity server: it cannot be changed here.");
}
