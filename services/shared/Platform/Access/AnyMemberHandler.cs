using Microsoft.AspNetCore.Authorization;
using Platform.Tenancy;

namespace Platform.Access;

/// <summary>Lets anybody with a valid token in, or any member, unless the company is suspended.</summary>
internal sealed class AnyMemberHandler(Caller caller) : AuthorizationHandler<AnyMemberAttribute>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, AnyMemberAttribute requirement)
    {
        if ((requirement.EvenSuspended || (!caller.Standing.IsSuspended && !IsStranger)) && (!requirement.MembersOnly || IsMember))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }

    // The company has not let this support person in.
    private bool IsStranger => caller is { Kind: CallerKind.Support, OnBehalfOf.Length: 0 };

    // A token may name a company that the person has left, or has never been in.
    private bool IsMember => caller is { Kind: CallerKind.Person, TenantId: not null, Access: { } access } && (access.Variables.Roles.Count > 0 || access.Permissions.Count > 0);
}
