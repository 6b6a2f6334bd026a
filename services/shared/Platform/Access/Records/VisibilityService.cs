using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;

namespace Platform.Access.Records;

/// <summary>The RPC table of what a caller may read in a service; every service with a database has it.</summary>
internal sealed class VisibilityService(
    UnitOfWork unit, IEnumerable<ProtectedResource> resources, CustomFieldDirectory fields, AccessDirectory directory, IServiceScopeFactory scopes) : Tenants.V1.VisibilityService.VisibilityServiceBase
{
    [AnyMember]
    public override Task<Tenants.V1.FilterVisibleResponse> FilterVisible(Tenants.V1.FilterVisibleRequest request, ServerCallContext context) =>
        Records.FilterVisible.Handle(request, unit.Context, resources, fields, context.CancellationToken).Reply();

    [AnyMember]
    public override Task<Tenants.V1.FilterViewersResponse> FilterViewers(Tenants.V1.FilterViewersRequest request, ServerCallContext context) =>
        new FilterViewers(unit, resources, fields, directory, scopes).HandleAsync(request, context.CancellationToken).Reply();
}
