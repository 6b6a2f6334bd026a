using Microsoft.EntityFrameworkCore;

namespace Platform.Tenants.Teams;

internal static class TeamRows
{
    /// <summary>The team with its members, tracked; null where there is none in this tenant.</summary>
    public static async Task<Team?> LoadTeamAsync(this TenantsDbContext db, string id, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var key) ? await db.Teams.Include(team => team.Members).SingleOrDefaultAsync(team => team.Id == key, cancellationToken) : null;

    /// <summary>Whether the team would be above itself below that parent.</summary>
    public static async Task<bool> IsAboveAsync(this TenantsDbContext db, Guid team, Guid? parent, CancellationToken cancellationToken)
    {
        while (parent is { } above)
        {
            if (above == team)
                return true;
            parent = await db.Teams.Where(row => row.Id == above).Select(row => row.ParentId).SingleOrDefaultAsync(cancellationToken);
        }

        return false;
    }
}
