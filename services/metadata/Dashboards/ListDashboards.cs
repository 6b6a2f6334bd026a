using Platform.Errors;
using Platform.Metadata.Shapes;
using Platform.Paging;

namespace Platform.Metadata.Dashboards;

internal static class ListDashboards
{
    public static async Task<Result<V1.ListDashboardsResponse>> Handle(V1.ListDashboardsRequest request, ShapeWork work, CancellationToken cancellationToken)
    {
        var page = await ListShapes.Handle(DashboardKind.Instance, rows => rows, new ListRequest(request.PageSize, request.PageToken), work, cancellationToken);
        return page.IsError ? page.Error : new V1.ListDashboardsResponse { Dashboards = { page.Value.Items }, NextPageToken = page.Value.NextPageToken };
    }
}
