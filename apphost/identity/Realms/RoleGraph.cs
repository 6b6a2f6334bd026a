namespace Platform.Identity.Realms;

/// <summary>Roles of the realm and, by client, of the clients.</summary>
internal sealed record RoleSet(IReadOnlySet<string> Realm, IReadOnlyDictionary<string, IReadOnlySet<string>> Clients);

/// <summary>Resolves composite roles into all that they contain.</summary>
internal sealed class RoleGraph
{
    private readonly Dictionary<(string? Client, string Name), CompositesDocument?> _composites = [];

    public RoleGraph(RolesDocument roles)
    {
        foreach (var role in roles.Realm) _composites[(null, role.Name)] = role.Composites;
        foreach (var (client, clientRoles) in roles.Client)
            foreach (var role in clientRoles)
                _composites[(client, role.Name)] = role.Composites;
    }

    public RoleSet Expand(UserDocument user)
    {
        var found = new HashSet<(string? Client, string Name)>();
        var pending = new Stack<(string? Client, string Name)>(Named(user.RealmRoles, user.ClientRoles));
        while (pending.TryPop(out var role))
        {
            if (!found.Add(role) || _composites.GetValueOrDefault(role) is not { } composites) continue;
            foreach (var contained in Named(composites.Realm, composites.Client)) pending.Push(contained);
        }
        return new RoleSet(
            found.Where(role => role.Client is null).Select(role => role.Name).ToHashSet(),
            found.Where(role => role.Client is not null).GroupBy(role => role.Client!)
                .ToDictionary(group => group.Key, IReadOnlySet<string> (group) => group.Select(role => role.Name).ToHashSet()));
    }

    private static IEnumerable<(string? Client, string Name)> Named(
        IEnumerable<string> realm,
        IReadOnlyDictionary<string, IReadOnlyList<string>> clients) =>
        realm.Select(name => ((string?)null, name))
            .Concat(clients.SelectMany(client => client.Value, (client, name) => ((string?)client.Key, name)));
}
