using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Tenants.Roles;
using static Platform.Languages.Wording;

namespace Platform.Tenants.Policies;

/// <summary>What a policy must refer to.</summary>
internal static class PolicyRules
{
    /// <summary>The first role, team or person that does not exist, as an error.</summary>
    public static async Task<Error?> CheckSubjectsAsync(this TenantsDbContext db, V1.PolicySubjects subjects, CancellationToken cancellationToken)
    {
        if (await db.FindUnknownRoleAsync(subjects.Roles, cancellationToken) is { } unknown)
            return PolicyErrors.UnknownSubject($"roles[{unknown.Index}]", Say($"There is no role '{unknown.Role}'."));
        var teams = subjects.TeamIds.Select(Guid.Parse).Distinct().ToList();
        if (teams.Count > 0 && await db.Teams.CountAsync(team => teams.Contains(team.Id), cancellationToken) < teams.Count)
            return PolicyErrors.UnknownSubject("teamIds", "One of these teams does not exist.");
        var users = subjects.UserIds.Select(Guid.Parse).Distinct().ToList();
        return users.Count > 0 && await db.Members.CountAsync(member => users.Contains(member.Id), cancellationToken) < users.Count
            ? PolicyErrors.UnknownSubject("userIds", "One of these people is no member of the company.")
            : null;
    }
}
