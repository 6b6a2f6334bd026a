using Microsoft.AspNetCore.Authorization;
using Platform.Tenancy;

namespace Platform.Access;

/// <summary>Deny by default: succeeds only where the caller has a tenant and the permission.</summary>
internal sealed class PermissionHandler(Caller caller) : AuthorizationHandler<PermissionAttribute>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionAttribute requirement)
    {
        if (caller.TenantId is not null && caller.Permissions.Contains(requirement.Permission))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}

/// <summary>The fallback for endpoints that declare nothing: nobody.</summary>
internal sealed class UndeclaredRequirement : IAuthorizationRequirement;
