using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Data;
using Platform.Errors;
using Platform.Tenants.Access;

namespace Platform.Tenants.Teams;

internal static class DeleteTeam
{
    public static Task<Result<Empty>> Handle(V1.DeleteTeamRequest request, TenantsDbContext db, AccessDirectory directory, CancellationToken cancellationToken) =>
        db.ChangeAccessAsync(directory, () => RemoveAsync(request, db, cancellationToken), cancellationToken);

    private static async Task<Result<Empty>> RemoveAsync(V1.DeleteTeamRequest request, TenantsDbContext db, CancellationToken cancellationToken)
    {
        if (await db.LoadTeamAsync(request.Id, cancellationToken) is not { } team)
            return TeamErrors.NotFound(request.Id);
        if (!team.Matches(request.Etag))
            return Error.Stale("team");
        if (await db.Policies.AnyAsync(policy => policy.TeamIds.Contains(team.Id), cancellationToken))
            return TeamErrors.InUse;
        db.Teams.Remove(team);
        return await db.TrySaveChangesAsync(cancellationToken, TeamErrors.OnDelete) is { } error ? error : new Empty();
    }
}
