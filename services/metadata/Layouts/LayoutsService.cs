using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Access;
using Platform.Errors;
using Platform.Metadata.Shapes;

namespace Platform.Metadata.Layouts;

/// <summary>The RPC table of layouts.</summary>
internal sealed class LayoutsService(ShapeWork work) : V1.LayoutsService.LayoutsServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.ListLayoutsResponse> ListLayouts(V1.ListLayoutsRequest request, ServerCallContext context) =>
        Layouts.ListLayouts.Handle(request, work, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.Layout> GetLayout(V1.GetLayoutRequest request, ServerCallContext context) =>
        GetShape.Handle(LayoutShapeKind.Instance, request.Id, work, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Layout> CreateLayout(V1.CreateLayoutRequest request, ServerCallContext context) =>
        CreateShape.Handle(LayoutShapeKind.Instance, request.Layout, work, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Layout> UpdateLayout(V1.UpdateLayoutRequest request, ServerCallContext context) =>
        UpdateShape.Handle(LayoutShapeKind.Instance, request.Layout, request.UpdateMask, work, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<Empty> DeleteLayout(V1.DeleteLayoutRequest request, ServerCallContext context) =>
        DeleteShape.Handle(LayoutShapeKind.Instance, request.Id, request.Etag, work, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.Layout> ResolveLayout(V1.ResolveLayoutRequest request, ServerCallContext context) =>
        Layouts.ResolveLayout.Handle(request, work, context.CancellationToken).Reply();
}
