using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Platform.Tenants.V1;

namespace Automation.Tests.Fakes;

/// <summary>Companies come and go, as in tenants.</summary>
internal sealed class FakeTenants(World world) : TenantLifecycleService.TenantLifecycleServiceBase
{
    public override Task<Tenant> ProvisionTenant(ProvisionTenantRequest request, ServerCallContext context)
    {
        var tenant = world.Enter(context, request.Tenant.Slug);
        request.Tenant.Id = tenant.ToString();
        return Task.FromResult(world.Tenants.GetOrAdd(tenant, request).Tenant);
    }

    public override Task<Tenant> PurgeTenant(PurgeTenantRequest request, ServerCallContext context)
    {
        var tenant = Guid.Parse(context.RequestHeaders.GetValue("x-tenant-id")!);
        world.Enter(context, tenant.ToString());
        return world.Tenants.TryRemove(tenant, out var purged) ? Task.FromResult(purged.Tenant) : throw World.NotFound(tenant.ToString());
    }

    /// <summary>What every service answers: rows of a company can be kept once there is one.</summary>
    public static IResult CheckStorage(HttpContext context, World world) =>
        world.Tenants.ContainsKey(Guid.Parse(context.Request.Headers["x-tenant-id"].ToString())) ? Results.NoContent() : Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
}
