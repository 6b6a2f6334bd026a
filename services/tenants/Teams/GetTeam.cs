using Platform.Errors;

namespace Platform.Tenants.Teams;

internal static class GetTeam
{
    public static async Task<Result<V1.Team>> Handle(V1.GetTeamRequest request, TenantsDbContext db, CancellationToken cancellationToken) =>
        await db.LoadTeamAsync(request.Id, cancellationToken) is { } team ? team.ToMessage() : TeamErrors.NotFound(request.Id);
}
