using Grpc.Core;
using Platform.Access;

namespace Platform.Tenancy.Placements;

/// <summary>The RPC table of placements; every service with a database has it.</summary>
internal sealed class PlacementsService(Caller caller, TenantMover mover) : Tenants.V1.PlacementsService.PlacementsServiceBase
{
    public const string Operate = "tenants.operate";

    [Permission(Operate)]
    public override Task MoveTenant(Tenants.V1.MoveTenantRequest request, IServerStreamWriter<Tenants.V1.MoveTenantResponse> responseStream, ServerCallContext context) =>
        Placements.MoveTenant.Handle(request, responseStream, caller, mover, context.CancellationToken);
}
