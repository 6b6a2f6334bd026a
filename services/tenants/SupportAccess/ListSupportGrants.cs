using Platform.Errors;
using Platform.Paging;

namespace Platform.Tenants.SupportAccess;

internal static class ListSupportGrants
{
    public static async Task<Result<V1.ListSupportGrantsResponse>> Handle(
        V1.ListSupportGrantsRequest request, TenantsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var page = await db.SupportGrants.ToPageAsync(request.PageSize, request.PageToken, query: "", cancellationToken);
        if (page.IsError)
            return page.Error;
        var now = time.GetUtcNow();
        return new V1.ListSupportGrantsResponse { SupportGrants = { page.Value.Items.Select(grant => grant.ToMessage(now)) }, NextPageToken = page.Value.NextPageToken };
    }
}
