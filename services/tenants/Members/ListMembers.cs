using Platform.Errors;
using Platform.Paging;

namespace Platform.Tenants.Members;

internal static class ListMembers
{
    public static async Task<Result<V1.ListMembersResponse>> Handle(V1.ListMembersRequest request, TenantsDbContext db, CancellationToken cancellationToken)
    {
        var page = await db.Members.ToPageAsync(request.PageSize, request.PageToken, query: "", cancellationToken);
        if (page.IsError)
            return page.Error;
        return new V1.ListMembersResponse { Members = { page.Value.Items.Select(member => member.ToMessage()) }, NextPageToken = page.Value.NextPageToken };
    }
}
