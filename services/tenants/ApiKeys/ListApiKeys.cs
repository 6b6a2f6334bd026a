using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Paging;

namespace Platform.Tenants.ApiKeys;

internal static class ListApiKeys
{
    public static async Task<Result<V1.ListApiKeysResponse>> Handle(V1.ListApiKeysRequest request, TenantsDbContext db, CancellationToken cancellationToken)
    {
        var page = await db.ApiKeys.Include(key => key.Use).ToPageAsync(request.PageSize, request.PageToken, query: "", cancellationToken);
        if (page.IsError)
            return page.Error;
        return new V1.ListApiKeysResponse { ApiKeys = { page.Value.Items.Select(key => key.ToMessage()) }, NextPageToken = page.Value.NextPageToken };
    }
}
