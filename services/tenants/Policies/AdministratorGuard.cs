using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Errors;
using Platform.Tenants.Roles;

namespace Platform.Tenants.Policies;

/// <summary>
/// Administrators cannot lock themselves out: no policy takes the right to change policies, and after a change of policies some
/// administrator is left to whom no policy denies an action on every record of a kind.
/// </summary>
internal static class AdministratorGuard
{
    /// <summary>Looks at the policies on a resource as they were just saved; call it before the transaction ends.</summary>
    public static async Task<Error?> CheckAdministratorsAsync(this TenantsDbContext db, string resource, CancellationToken cancellationToken)
    {
        var policies = await db.Policies.AsNoTracking().Where(policy => policy.Resource == resource && !policy.Disabled && policy.Filter == "").ToListAsync(cancellationToken);
        if (!policies.Exists(policy => policy.Effect == V1.PolicyEffect.Deny))
            return null;
        var administrators = await AdministratorsAsync(db, cancellationToken);
        return AccessActions.Names.FirstOrDefault(action => administrators.TrueForAll(person => IsDenied(person, action, policies))) is { } lost
            ? PolicyErrors.AdministratorsLockedOut(lost, resource)
            : null;
    }

    private static bool IsDenied(Administrator person, string action, IEnumerable<Policy> policies) => policies
        .Where(policy => policy.Actions.Contains(action))
        .Select(policy => (policy.Effect, Specificity: policy.SpecificityFor(person.Id, person.Teams, person.Roles)))
        .Where(policy => policy.Specificity != V1.PolicySpecificity.Unspecified)
        .OrderByDescending(policy => policy.Specificity).ThenByDescending(policy => policy.Effect)
        .Select(policy => policy.Effect == V1.PolicyEffect.Deny)
        .FirstOrDefault();

    private static async Task<List<Administrator>> AdministratorsAsync(TenantsDbContext db, CancellationToken cancellationToken)
    {
        var people = await db.Members.Where(member => member.Roles.Contains(BuiltInRoles.Administrator)).Select(member => new { member.Id, member.Roles }).ToListAsync(cancellationToken);
        var parents = await db.Teams.ToDictionaryAsync(team => team.Id, team => team.ParentId, cancellationToken);
        var ids = people.ConvertAll(person => person.Id);
        var teams = (await db.TeamMembers.Where(member => ids.Contains(member.UserId)).Select(member => new { member.UserId, member.TeamId }).ToListAsync(cancellationToken)).ToLookup(member => member.UserId, member => member.TeamId);
        return people.ConvertAll(person => new Administrator(person.Id, person.Roles, [.. teams[person.Id].SelectMany(team => WithThoseAbove(team, parents))]));
    }

    private static IEnumerable<Guid> WithThoseAbove(Guid team, Dictionary<Guid, Guid?> parents)
    {
        for (Guid? current = team; current is { } id; current = parents.GetValueOrDefault(id))
            yield return id;
    }

    private sealed record Administrator(Guid Id, List<string> Roles, HashSet<Guid> Teams);
}
