using Grpc.Core;
using Platform.Access.Teams;
using Platform.Errors;

namespace Platform.Contacts.Leads.Assignment;

/// <summary>Who is in which team.</summary>
internal sealed class TeamDirectory(CompanyTeams teams)
{
    /// <summary>The members of teams and of those below them, each once, in an order that stays.</summary>
    /// <exception cref="RpcException">It cannot be asked for and never was known.</exception>
    public async Task<IReadOnlyList<Guid>> MembersAsync(Guid tenant, IReadOnlyCollection<string> named, CancellationToken cancellationToken)
    {
        var all = await teams.FindAsync(tenant, cancellationToken) ?? throw CompanyTeams.Unavailable.ToRpcException();
        var wanted = named.ToHashSet(StringComparer.OrdinalIgnoreCase);
        // A team is deep at most as there are teams.
        while (all.Where(team => wanted.Contains(team.ParentId) && wanted.Add(team.Id)).ToList().Count > 0)
            continue;
        return [.. all.Where(team => wanted.Contains(team.Id)).SelectMany(team => team.MemberIds).Select(Guid.Parse).Distinct().Order()];
    }
}
