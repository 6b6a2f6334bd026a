using Grpc.Core;
using Microsoft.Extensions.Options;
using Platform.Access;
using Platform.Errors;
using Platform.Tenants.Shares;

namespace Platform.Tenants.Lifecycle;

/// <summary>The RPC table of a company's beginning, standing and end.</summary>
internal sealed class TenantLifecycleService(
    TenantsDbContext db, AccessDirectory directory, ServiceUsage usage, ShareLedger shares, TimeProvider time, IOptions<LifecycleOptions> options, IServiceProvider services)
    : V1.TenantLifecycleService.TenantLifecycleServiceBase
{
    [Permission(Permissions.Provision)]
    public override Task<V1.Tenant> ProvisionTenant(V1.ProvisionTenantRequest request, ServerCallContext context) =>
        Lifecycle.ProvisionTenant.Handle(request, db, directory, time, context.CancellationToken).Reply();

    [Permission(Permissions.Provision)]
    public override Task<V1.Tenant> SetModules(V1.SetModulesRequest request, ServerCallContext context) =>
        Lifecycle.SetModules.Handle(request, db, directory, time, context.CancellationToken).Reply();

    [Permission(Permissions.Provision)]
    public override Task<V1.Usage> SetLimits(V1.SetLimitsRequest request, ServerCallContext context) =>
        Lifecycle.SetLimits.Handle(request, db, usage, shares, time, context.CancellationToken).Reply();

    [AnyMember(EvenSuspended = true)]
    public override Task<V1.Limits> GetLimits(V1.GetLimitsRequest request, ServerCallContext context) =>
        Lifecycle.GetLimits.Handle(db, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<V1.Usage> GetUsage(V1.GetUsageRequest request, ServerCallContext context) =>
        Lifecycle.GetUsage.Handle(db, usage, context.CancellationToken).Reply();

    [Permission(Permissions.Provision)]
    public override Task<V1.Tenant> SuspendTenant(V1.SuspendTenantRequest request, ServerCallContext context) =>
        Lifecycle.SuspendTenant.Handle(request, db, directory, time, context.CancellationToken).Reply();

    [Permission(Permissions.Provision)]
    public override Task<V1.Tenant> ResumeTenant(V1.ResumeTenantRequest request, ServerCallContext context) =>
        Lifecycle.ResumeTenant.Handle(db, directory, time, context.CancellationToken).Reply();

    [Permission(Permissions.Provision)]
    public override Task<V1.Tenant> PurgeTenant(V1.PurgeTenantRequest request, ServerCallContext context) =>
        Lifecycle.PurgeTenant.Handle(services, context.CancellationToken).Reply();

    [Permission(Permissions.Delete)]
    public override Task<V1.Tenant> DeleteTenant(V1.DeleteTenantRequest request, ServerCallContext context) =>
        Lifecycle.DeleteTenant.Handle(request, db, directory, time, options.Value, context.CancellationToken).Reply();

    [Permission(Permissions.Delete)]
    public override Task<V1.Tenant> UndeleteTenant(V1.UndeleteTenantRequest request, ServerCallContext context) =>
        Lifecycle.UndeleteTenant.Handle(db, directory, time, context.CancellationToken).Reply();
}
