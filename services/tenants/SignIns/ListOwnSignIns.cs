using Platform.Errors;
using Platform.Filtering;
using Platform.Paging;

namespace Platform.Tenants.SignIns;

internal static class ListOwnSignIns
{
    public static async Task<Result<V1.ListOwnSignInsResponse>> Handle(V1.ListOwnSignInsRequest request, TenantsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        // Whoever is no person, such as a machine, has no sign-ins.
        Guid? user = db.Caller.Kind == Tenancy.CallerKind.Person && Guid.TryParse(db.Caller.Subject, out var subject) ? subject : Guid.Empty;
        var list = new ListRequest(request.PageSize, request.PageToken) { Filter = request.Filter, OrderBy = request.OrderBy, Query = $"{user}" };
        var page = await db.SignIns.Where(row => row.UserId == user).ToPageAsync(SignInFields.Schema, list, FilterContext.Of(db.Caller, time), cancellationToken);
        if (page.IsError)
            return page.Error;
        return new V1.ListOwnSignInsResponse { SignIns = { page.Value.Items.Select(row => row.ToMessage()) }, NextPageToken = page.Value.NextPageToken };
    }
}
