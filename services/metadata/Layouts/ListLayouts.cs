using Platform.Errors;
using Platform.Metadata.Shapes;
using Platform.Paging;

namespace Platform.Metadata.Layouts;

internal static class ListLayouts
{
    public static async Task<Result<V1.ListLayoutsResponse>> Handle(V1.ListLayoutsRequest request, ShapeWork work, CancellationToken cancellationToken)
    {
        var page = await ListShapes.Handle(
            LayoutShapeKind.Instance, rows => rows.Where(row => request.Resource == "" || row.Resource == request.Resource),
            new ListRequest(request.PageSize, request.PageToken) { Query = request.Resource }, work, cancellationToken);
        return page.IsError ? page.Error : new V1.ListLayoutsResponse { Layouts = { page.Value.Items }, NextPageToken = page.Value.NextPageToken };
    }
}
