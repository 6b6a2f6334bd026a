using Platform.Errors;
using Platform.Metadata.Shapes;
using Platform.Paging;

namespace Platform.Metadata.Packages;

internal static class ListVersions
{
    public static async Task<Result<V1.ListMetadataVersionsResponse>> Handle(V1.ListMetadataVersionsRequest request, ShapeWork work, CancellationToken cancellationToken)
    {
        var page = await work.Db.Versions.ToPageAsync(request.PageSize, request.PageToken, query: "", cancellationToken);
        return page.IsError
            ? page.Error
            : new V1.ListMetadataVersionsResponse { MetadataVersions = { page.Value.Items.Select(version => version.ToMessage()) }, NextPageToken = page.Value.NextPageToken };
    }
}
