using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Access;
using Platform.Errors;
using Platform.Metadata.Shapes;

namespace Platform.Metadata.Views;

/// <summary>The RPC table of saved views; whose view may be written by whom, <see cref="SavedViewKind"/> says.</summary>
internal sealed class SavedViewsService(ShapeWork work) : V1.SavedViewsService.SavedViewsServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.ListSavedViewsResponse> ListSavedViews(V1.ListSavedViewsRequest request, ServerCallContext context) =>
        ListViews.Handle(request, work, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.SavedView> GetSavedView(V1.GetSavedViewRequest request, ServerCallContext context) =>
        GetShape.Handle(SavedViewKind.Instance, request.Id, work, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.SavedView> CreateSavedView(V1.CreateSavedViewRequest request, ServerCallContext context) =>
        CreateShape.Handle(SavedViewKind.Instance, request.SavedView, work, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.SavedView> UpdateSavedView(V1.UpdateSavedViewRequest request, ServerCallContext context) =>
        UpdateShape.Handle(SavedViewKind.Instance, request.SavedView, request.UpdateMask, work, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<Empty> DeleteSavedView(V1.DeleteSavedViewRequest request, ServerCallContext context) =>
        DeleteShape.Handle(SavedViewKind.Instance, request.Id, request.Etag, work, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.SavedView> PreferSavedView(V1.PreferSavedViewRequest request, ServerCallContext context) =>
        PreferView.Handle(request, work, context.CancellationToken).Reply();
}
