using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Access;
using Platform.Errors;
using Platform.Metadata.Shapes;

namespace Platform.Metadata.Dashboards;

/// <summary>The RPC table of dashboards; whose may be written by whom, <see cref="OwnedShapeKind{TShape,TMessage}"/> says.</summary>
internal sealed class DashboardsService(ShapeWork work) : V1.DashboardsService.DashboardsServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.ListDashboardsResponse> ListDashboards(V1.ListDashboardsRequest request, ServerCallContext context) =>
        Dashboards.ListDashboards.Handle(request, work, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.Dashboard> GetDashboard(V1.GetDashboardRequest request, ServerCallContext context) =>
        GetShape.Handle(DashboardKind.Instance, request.Id, work, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.Dashboard> CreateDashboard(V1.CreateDashboardRequest request, ServerCallContext context) =>
        CreateShape.Handle(DashboardKind.Instance, request.Dashboard, work, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.Dashboard> UpdateDashboard(V1.UpdateDashboardRequest request, ServerCallContext context) =>
        UpdateShape.Handle(DashboardKind.Instance, request.Dashboard, request.UpdateMask, work, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<Empty> DeleteDashboard(V1.DeleteDashboardRequest request, ServerCallContext context) =>
        DeleteShape.Handle(DashboardKind.Instance, request.Id, request.Etag, work, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.Dashboard> ResolveDashboard(V1.ResolveDashboardRequest request, ServerCallContext context) =>
        Dashboards.ResolveDashboard.Handle(work, context.CancellationToken).Reply();
}
