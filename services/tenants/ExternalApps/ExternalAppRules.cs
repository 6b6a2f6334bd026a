using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Tenancy;
using Platform.Tenants.Roles;
using static Platform.Languages.Wording;

namespace Platform.Tenants.ExternalApps;

/// <summary>Who may manage applications, how many there are, and what they may ask for.</summary>
internal static class ExternalAppRules
{
    private const int MaxApps = 50;

    /// <summary>What manages the company itself: an application that had it could outlive its own deletion.</summary>
    public static readonly FrozenSet<string> NeverGranted = FrozenSet.ToFrozenSet([Permissions.Admin, Permissions.Delete], StringComparer.Ordinal);

    private static readonly Error NoManager =
        new(Google.Rpc.Code.PermissionDenied, "PERMISSION_DENIED", "A key cannot manage applications: sign in as an administrator.");

    private static Error Full =>
        new(Google.Rpc.Code.ResourceExhausted, "EXTERNAL_APP_LIMIT", Say($"Your company may have {MaxApps} applications and has them: delete one."));

    /// <summary>Only a person manages applications; tokens of applications never have the permission.</summary>
    public static Error? CheckManager(Caller caller) => caller.Kind == CallerKind.ApiKey ? NoManager : null;

    public static async Task<Error?> CheckNumberAsync(this TenantsDbContext db, CancellationToken cancellationToken) =>
        await db.ExternalApps.CountAsync(cancellationToken) >= MaxApps ? Full : null;

    /// <summary>The first permission that no application of the company may have, as an error.</summary>
    public static async Task<Error?> CheckScopesAsync(this TenantsDbContext db, IEnumerable<string> permissions, CancellationToken cancellationToken)
    {
        var modules = await db.Tenants.Select(tenant => tenant.Modules).SingleOrDefaultAsync(cancellationToken);
        return permissions.Index().Select(permission => (permission.Index, Reason: Refuse(permission.Item, modules))).FirstOrDefault(found => found.Reason is not null)
            is { Reason: { } reason } refused ? Error.Invalid($"externalApp.permissions[{refused.Index}]", reason) : null;
    }

    private static string? Refuse(string permission, List<string>? modules) =>
        !BuiltInRoles.AllPermissions.Contains(permission) ? Say($"There is no permission '{permission}'.")
        : NeverGranted.Contains(permission) ? Say($"The permission '{permission}' is given to no application.")
        : modules?.Contains(Modules.Of(permission)) is false ? Say($"Your company does not use the module '{Modules.Of(permission)}'.")
        : null;
}
