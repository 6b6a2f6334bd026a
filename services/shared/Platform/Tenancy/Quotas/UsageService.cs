using Grpc.Core;
using Platform.Access;
using Platform.Data;
using Platform.Errors;

namespace Platform.Tenancy.Quotas;

/// <summary>The RPC table of what a tenant has in a service; every service with a database has it.</summary>
internal sealed class UsageService(UnitOfWork unit, DatabaseNames names, QuotaDirectory directory, StorageMeter meter) : Tenants.V1.UsageService.UsageServiceBase
{
    public const string Read = "tenants.admin";
    public const string Provision = "tenants.provision";

    [Permission(Read)]
    public override Task<Tenants.V1.Usage> ReadUsage(Tenants.V1.ReadUsageRequest request, ServerCallContext context) =>
        Quotas.ReadUsage.Handle(unit.Context, names.AppId, context.CancellationToken).Reply();

    [Permission(Provision)]
    public override Task<Tenants.V1.ReturnShareResponse> ReturnShare(Tenants.V1.ReturnShareRequest request, ServerCallContext context) =>
        Quotas.ReturnShare.Handle(request, unit.Context, directory, meter, names.AppId, context.CancellationToken).Reply();
}
