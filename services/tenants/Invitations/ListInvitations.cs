using Platform.Errors;
using Platform.Paging;

namespace Platform.Tenants.Invitations;

internal static class ListInvitations
{
    public static async Task<Result<V1.ListInvitationsResponse>> Handle(V1.ListInvitationsRequest request, TenantsDbContext db, CancellationToken cancellationToken)
    {
        var page = await db.Invitations.ToPageAsync(request.PageSize, request.PageToken, query: "", cancellationToken);
        if (page.IsError)
            return page.Error;
        return new V1.ListInvitationsResponse { Invitations = { page.Value.Items.Select(invitation => invitation.ToMessage()) }, NextPageToken = page.Value.NextPageToken };
    }
}
