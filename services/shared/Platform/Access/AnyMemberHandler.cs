using Microsoft.AspNetCore.Authorization;
using Platform.Tenancy;

namespace Platform.Access;

/// <summary>Lets anybody with a valid token in, unless the company is suspended.</summary>
internal sealed class AnyMemberHandler(Caller caller) : AuthorizationHandler<AnyMemberAttribute>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, AnyMemberAttribute requirement)
    {
        if (requirement.EvenSuspended || !caller.Standing.IsSuspended)
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
