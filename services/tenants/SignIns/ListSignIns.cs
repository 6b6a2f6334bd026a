using Platform.Errors;
using Platform.Filtering;
using Platform.Paging;

namespace Platform.Tenants.SignIns;

internal static class ListSignIns
{
    public static async Task<Result<V1.ListSignInsResponse>> Handle(V1.ListSignInsRequest request, TenantsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var list = new ListRequest(request.PageSize, request.PageToken) { Filter = request.Filter, OrderBy = request.OrderBy };
        var page = await db.SignIns.ToPageAsync(SignInFields.Schema, list, FilterContext.Of(db.Caller, time), cancellationToken);
        if (page.IsError)
            return page.Error;
        return new V1.ListSignInsResponse { SignIns = { page.Value.Items.Select(row => row.ToMessage()) }, NextPageToken = page.Value.NextPageToken };
    }
}
