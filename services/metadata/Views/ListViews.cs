using Platform.Errors;
using Platform.Metadata.Shapes;
using Platform.Paging;

namespace Platform.Metadata.Views;

internal static class ListViews
{
    public static async Task<Result<V1.ListSavedViewsResponse>> Handle(V1.ListSavedViewsRequest request, ShapeWork work, CancellationToken cancellationToken)
    {
        var page = await ListShapes.Handle(
            SavedViewKind.Instance, rows => rows.Where(row => request.Resource == "" || row.Resource == request.Resource),
            new ListRequest(request.PageSize, request.PageToken) { Query = request.Resource }, work, cancellationToken);
        return page.IsError ? page.Error : new V1.ListSavedViewsResponse { SavedViews = { page.Value.Items }, NextPageToken = page.Value.NextPageToken };
    }
}
