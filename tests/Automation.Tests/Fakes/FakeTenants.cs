using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Platform.Tenants.V1;

namespace Automation.Tests.Fakes;

/// <summary>
/// Companies come and go, as in tenants. Whose administrator is of <c>notenant.example</c> is made and nobody hears of it; of
/// <c>nostorage.example</c> nothing can be kept.
/// </summary>
internal sealed class FakeTenants(World world) : TenantLifecycleService.TenantLifecycleServiceBase
{
    public override Task<Tenant> ProvisionTenant(ProvisionTenantRequest request, ServerCallContext context)
    {
        var tenant = world.Enter(context, request.Tenant.Slug);
        request.Tenant.Id = tenant.ToString();
        var made = world.Tenants.GetOrAdd(tenant, request).Tenant;
        return IsOf(request, "notenant.example") ? throw new RpcException(new Status(StatusCode.Unavailable, "The answer got lost.")) : Task.FromResult(made);
    }

    public override Task<Tenant> PurgeTenant(PurgeTenantRequest request, ServerCallContext context)
    {
        var tenant = Guid.Parse(context.RequestHeaders.GetValue("x-tenant-id")!);
        world.Enter(context, tenant.ToString());
        return world.Tenants.TryRemove(tenant, out var purged) ? Task.FromResult(purged.Tenant) : throw World.NotFound(tenant.ToString());
    }

    /// <summary>What every service answers: rows of a company can be kept once there is one.</summary>
    public static IResult CheckStorage(HttpContext context, World world) =>
        world.Tenants.TryGetValue(Guid.Parse(context.Request.Headers["x-tenant-id"].ToString()), out var tenant) && !IsOf(tenant, "nostorage.example") ? Results.NoContent() : Results.StatusCode(StatusCodes.Status503ServiceUnavailable);

    private static bool IsOf(ProvisionTenantRequest request, string domain) => request.Administrator.Email.EndsWith($"@{domain}", StringComparison.Ordinal);
}
