using Grpc.Core;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;

namespace Platform.Access.Records;

/// <summary>The RPC table of what a caller may read in a service; every service with a database has it.</summary>
internal sealed class VisibilityService(UnitOfWork unit, IEnumerable<ProtectedResource> resources, CustomFieldDirectory fields) : Tenants.V1.VisibilityService.VisibilityServiceBase
{
    [AnyMember]
    public override Task<Tenants.V1.FilterVisibleResponse> FilterVisible(Tenants.V1.FilterVisibleRequest request, ServerCallContext context) =>
        Records.FilterVisible.Handle(request, unit.Context, resources, fields, context.CancellationToken).Reply();
}
