using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Tenants.Members;
using Platform.Tenants.Newcomers;
using Platform.Tenants.Pipelines;
using Platform.Tenants.Policies;
using Platform.Tenants.Roles;
using Platform.Tenants.SupportAccess;
using Platform.Tenants.Tenants;

namespace Platform.Tenants.Access;

/// <summary>What a person may do, put together from members, roles, teams and policies.</summary>
internal static class AccessAnswers
{
    /// <summary>The access of a person in the scope's tenant; nothing but the ids where the person is no member of it.</summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="userId">The person.</param>
    /// <param name="door">Lets newcomers in; null where they do not come themselves.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the queries.</param>
    public static async Task<V1.Access> AccessOfAsync(this TenantsDbContext db, string userId, NewcomerDoor? door, TimeProvider time, CancellationToken cancellationToken)
    {
        var access = new V1.Access { TenantId = $"{db.Caller.TenantId}", UserId = userId };
        if (!Guid.TryParse(userId, out var id))
            return access;
        // Before all else: a change that comes meanwhile has a greater one, and voids the answer.
        access.Version = await db.AccessVersions.Select(row => row.Version).SingleOrDefaultAsync(cancellationToken);
        if (await db.Members.Where(member => member.Id == id).Select(member => member.Roles).SingleOrDefaultAsync(cancellationToken) is not { } roles)
        {
            return door is not null && await door.TryAdmitAsync(db, id, cancellationToken)
                ? await db.AccessOfAsync(userId, door, time, cancellationToken)
                : await db.SupportAccessOfAsync(access, id, time.GetUtcNow(), cancellationToken);
        }

        var teams = await db.TeamsOfAsync(id, cancellationToken);
        access.Roles.Add(roles);
        access.Permissions.Add(await db.PermissionsOfAsync(roles, cancellationToken));
        access.TeamIds.Add(teams.Select(team => team.ToString()));
        access.SubordinateIds.Add((await db.SubordinatesOfAsync(id, cancellationToken)).Select(member => member.ToString()));
        access.Policies.Add(await db.PoliciesOfAsync(id, roles, teams, cancellationToken));
        access.Policies.Add(await db.PipelinePoliciesAsync(teams, access.Permissions, cancellationToken));
        return access.Narrowed(await db.StandingAsync(cancellationToken));
    }

    // Who is no member may be a support person whom the company has let in.
    private static async Task<V1.Access> SupportAccessOfAsync(this TenantsDbContext db, V1.Access access, Guid user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.SupportGrants.AsNoTracking().SingleOrDefaultAsync(SupportGrant.IsInForce(user, now), cancellationToken) is not { } grant)
            return await db.KeyAccessOfAsync(access, user, now, cancellationToken);
        List<string> roles = [grant.Role];
        access.SupportGrantId = grant.Id.ToString();
        access.ExpireTime = grant.ExpireTime.ToTimestampOrNull();
        access.Roles.Add(roles);
        access.Permissions.Add(SupportRules.Bounded(await db.PermissionsOfAsync(roles, cancellationToken)));
        access.Policies.Add(await db.PoliciesOfAsync(user, roles, [], cancellationToken));
        access.Policies.Add(await db.PipelinePoliciesAsync([], access.Permissions, cancellationToken));
        return access.Narrowed(await db.StandingAsync(cancellationToken));
    }

    // Or a key: what it began goes on without its secret.
    private static async Task<V1.Access> KeyAccessOfAsync(this TenantsDbContext db, V1.Access access, Guid id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.ApiKeys.AsNoTracking().Where(key => key.Id == id && key.ExpireTime > now).Select(key => key.Permissions).SingleOrDefaultAsync(cancellationToken) is not { } permissions)
            return access;
        access.Permissions.Add(permissions);
        return access.Narrowed(await db.StandingAsync(cancellationToken));
    }

    private static async Task<IEnumerable<V1.AccessPolicy>> PoliciesOfAsync(this TenantsDbContext db, Guid user, List<string> roles, List<Guid> teams, CancellationToken cancellationToken)
    {
        var policies = await db.Policies.AsNoTracking()
            .Where(policy => !policy.Disabled && (policy.Everyone || policy.UserIds.Contains(user)
                || policy.TeamIds.Any(team => teams.Contains(team)) || policy.Roles.Any(role => roles.Contains(role))))
            .OrderBy(policy => policy.Id)
            .ToListAsync(cancellationToken);
        return policies.Select(policy => policy.ToAccess(policy.SpecificityFor(user, teams, roles)));
    }

    private static Task<List<Guid>> TeamsOfAsync(this TenantsDbContext db, Guid user, CancellationToken cancellationToken) => db.Database.SqlQuery<Guid>(
        $"""
        WITH RECURSIVE mine AS (
            SELECT team.id, team.parent_id FROM team_members member JOIN teams team ON team.tenant_id = member.tenant_id AND team.id = member.team_id
            WHERE member.tenant_id = {db.Caller.RequiredTenantId} AND member.user_id = {user}
            UNION
            SELECT above.id, above.parent_id FROM mine JOIN teams above ON above.id = mine.parent_id WHERE above.tenant_id = {db.Caller.RequiredTenantId})
        SELECT id AS "Value" FROM mine ORDER BY id
        """).ToListAsync(cancellationToken);

    private static Task<List<Guid>> SubordinatesOfAsync(this TenantsDbContext db, Guid user, CancellationToken cancellationToken) => db.Database.SqlQuery<Guid>(
        $"""
        WITH RECURSIVE below AS (
            SELECT id FROM members WHERE tenant_id = {db.Caller.RequiredTenantId} AND manager_id = {user}
            UNION
            SELECT member.id FROM below JOIN members member ON member.manager_id = below.id WHERE member.tenant_id = {db.Caller.RequiredTenantId})
        SELECT id AS "Value" FROM below ORDER BY id
        """).ToListAsync(cancellationToken);
}
