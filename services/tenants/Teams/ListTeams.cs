using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Paging;

namespace Platform.Tenants.Teams;

internal static class ListTeams
{
    public static async Task<Result<V1.ListTeamsResponse>> Handle(V1.ListTeamsRequest request, TenantsDbContext db, CancellationToken cancellationToken)
    {
        var page = await db.Teams.Include(team => team.Members).ToPageAsync(request.PageSize, request.PageToken, query: "", cancellationToken);
        if (page.IsError)
            return page.Error;
        return new V1.ListTeamsResponse { Teams = { page.Value.Items.Select(team => team.ToMessage()) }, NextPageToken = page.Value.NextPageToken };
    }
}
