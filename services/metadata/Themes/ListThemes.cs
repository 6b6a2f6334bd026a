using Platform.Errors;
using Platform.Metadata.Shapes;
using Platform.Paging;

namespace Platform.Metadata.Themes;

internal static class ListThemes
{
    public static async Task<Result<V1.ListThemesResponse>> Handle(V1.ListThemesRequest request, ShapeWork work, CancellationToken cancellationToken)
    {
        var page = await ListShapes.Handle(ThemeKind.Instance, rows => rows, new ListRequest(request.PageSize, request.PageToken), work, cancellationToken);
        return page.IsError ? page.Error : new V1.ListThemesResponse { Themes = { page.Value.Items }, NextPageToken = page.Value.NextPageToken };
    }
}
