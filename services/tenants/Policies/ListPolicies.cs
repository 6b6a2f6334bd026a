using Platform.Errors;
using Platform.Paging;

namespace Platform.Tenants.Policies;

internal static class ListPolicies
{
    public static async Task<Result<V1.ListPoliciesResponse>> Handle(V1.ListPoliciesRequest request, TenantsDbContext db, CancellationToken cancellationToken)
    {
        var rows = db.Policies.AsQueryable();
        if (request.Resource.Length > 0)
            rows = rows.Where(policy => policy.Resource == request.Resource);
        var page = await rows.ToPageAsync(request.PageSize, request.PageToken, request.Resource, cancellationToken);
        if (page.IsError)
            return page.Error;
        return new V1.ListPoliciesResponse { Policies = { page.Value.Items.Select(policy => policy.ToMessage()) }, NextPageToken = page.Value.NextPageToken };
    }
}
