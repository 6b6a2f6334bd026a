using Platform.Errors;
using Platform.Paging;

namespace Platform.Tenants.ExternalApps;

internal static class ListExternalApps
{
    public static async Task<Result<V1.ListExternalAppsResponse>> Handle(V1.ListExternalAppsRequest request, TenantsDbContext db, CancellationToken cancellationToken)
    {
        var page = await db.ExternalApps.ToPageAsync(request.PageSize, request.PageToken, query: "", cancellationToken);
        if (page.IsError)
            return page.Error;
        return new V1.ListExternalAppsResponse { ExternalApps = { page.Value.Items.Select(app => app.ToMessage()) }, NextPageToken = page.Value.NextPageToken };
    }
}
