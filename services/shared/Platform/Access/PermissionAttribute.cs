using Microsoft.AspNetCore.Authorization;

namespace Platform.Access;

/// <summary>The permission that an RPC or a route needs. What has neither this nor an entry on the allow-list is refused.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class PermissionAttribute(string permission) : AuthorizeAttribute, IAuthorizationRequirement, IAuthorizationRequirementData
{
    /// <summary><c>{domain}.{action}</c>, for example <c>deals.write</c>.</summary>
    public string Permission { get; } = permission;

    /// <inheritdoc />
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

/// <summary>Needs a valid token of a tenant, but no permission. Each use is on the allow-list of the architecture tests.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AnyMemberAttribute : AuthorizeAttribute, IAuthorizationRequirement, IAuthorizationRequirementData
{
    /// <summary>Whether those of a suspended company are let in too. Default: no.</summary>
    public bool EvenSuspended { get; init; }

    /// <summary>Whether only people are let in who are members of the company that the token names. Default: no.</summary>
    public bool MembersOnly { get; init; }

    /// <inheritdoc />
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}
