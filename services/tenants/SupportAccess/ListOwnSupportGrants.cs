using Platform.Errors;
using Platform.Paging;

namespace Platform.Tenants.SupportAccess;

internal static class ListOwnSupportGrants
{
    public static async Task<Result<V1.ListOwnSupportGrantsResponse>> Handle(
        V1.ListOwnSupportGrantsRequest request, TenantsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var user = Guid.TryParse(db.Caller.Subject, out var subject) ? subject : Guid.Empty;
        var page = await db.SupportGrants.Where(grant => grant.SupportUserId == user).ToPageAsync(request.PageSize, request.PageToken, $"{user}", cancellationToken);
        if (page.IsError)
            return page.Error;
        var now = time.GetUtcNow();
        return new V1.ListOwnSupportGrantsResponse { SupportGrants = { page.Value.Items.Select(grant => grant.ToMessage(now)) }, NextPageToken = page.Value.NextPageToken };
    }
}
