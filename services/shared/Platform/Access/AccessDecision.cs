using Platform.Access.V1;
using Platform.Tenants.V1;

namespace Platform.Access;

/// <summary>Yes or no, and the rule that said so.</summary>
/// <param name="Allowed">Yes or no.</param>
/// <param name="Rule">The kind of rule.</param>
/// <param name="Policy">The policy, where it was one.</param>
internal sealed record AccessDecision(bool Allowed, AccessRule Rule, AccessPolicy? Policy = null)
{
    public static readonly AccessDecision RoleAllows = new(true, AccessRule.RolePermission);
    public static readonly AccessDecision RoleDenies = new(false, AccessRule.RolePermission);
    public static readonly AccessDecision Owned = new(true, AccessRule.Ownership);
    public static readonly AccessDecision Shared = new(true, AccessRule.Share);
    public static readonly AccessDecision Default = new(false, AccessRule.DefaultDeny);

    /// <summary>Without a record: a rule before this one looks at the record.</summary>
    public bool Conditional { get; init; }

    public static AccessDecision By(AccessPolicy policy) => new(policy.Effect == PolicyEffect.Allow, AccessRule.Policy, policy);
}
