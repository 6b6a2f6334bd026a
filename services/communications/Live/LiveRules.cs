using Platform.Errors;
using Platform.Tenancy;

namespace Platform.Communications.Live;

internal static class LiveRules
{
    /// <summary>A gateway is a machine of the platform's own: no role of a company, whoever made it, lets anybody watch.</summary>
    public static Error? Refusal(Caller caller) =>
        caller.Kind == CallerKind.Service && caller.Permissions.Contains(Permissions.Watch) ? null : Error.PermissionDenied(Permissions.Watch);
}
