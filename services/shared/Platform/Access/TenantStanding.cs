using System.Collections.Frozen;
using Platform.Errors;
using Platform.Tenants.V1;
using Code = Google.Rpc.Code;
using static Platform.Languages.Wording;

namespace Platform.Access;

/// <summary>How the caller's company stands, and what it may use.</summary>
/// <param name="State">Unspecified where nobody has told.</param>
/// <param name="Modules">Null where nobody has told: then all.</param>
public sealed record TenantStanding(TenantState State, IReadOnlySet<string>? Modules)
{
    /// <summary>A company of which nothing special is known.</summary>
    public static readonly TenantStanding Usual = new(TenantState.Unspecified, null);

    private static readonly Error Suspended =
        new(Code.PermissionDenied, "TENANT_SUSPENDED", "Your company is suspended: nothing is lost, and the operator of the platform can resume it.");

    private static readonly Error Deleting =
        new(Code.PermissionDenied, "TENANT_DELETING", "Your company is to be deleted: its administrators may read until then, or take the deletion back.");

    /// <summary>Whether people and keys of the company are refused altogether.</summary>
    public bool IsSuspended => State is TenantState.Suspended or TenantState.Purged;

    /// <summary>Reads the answer of the tenants service.</summary>
    public static TenantStanding Of(Tenants.V1.Access access) => access is { TenantState: TenantState.Unspecified, Modules.Count: 0 }
        ? Usual
        : new TenantStanding(access.TenantState, access.Modules.Count == 0 ? null : access.Modules.ToFrozenSet(StringComparer.Ordinal));

    /// <summary>Why somebody without the permission is refused.</summary>
    public Error Refusal(string permission) => this switch
    {
        { IsSuspended: true } => Suspended,
        { State: TenantState.Deleting } => Deleting,
        { Modules: { } modules } when Tenancy.Modules.Of(permission) is var module && !modules.Contains(module) => NotEntitled(module),
        _ => Error.PermissionDenied(permission),
    };

    private static Error NotEntitled(string module) =>
        new(Code.PermissionDenied, "MODULE_NOT_ENTITLED", Say($"Your company does not use the module '{module}': ask the operator of the platform to add it."));
}
