using Platform.Identity.Realms;

namespace Platform.Identity.Tokens;

/// <summary>The scopes that a request gets: the client's default ones and those of its optional ones that it asked for.</summary>
internal sealed class GrantedScopes
{
    public const string OpenId = "openid";
    public const string Organization = "organization";

    private GrantedScopes(string requested, IReadOnlyList<ClientScopeDocument> scopes, IReadOnlySet<string> names) =>
        (Requested, Scopes, Names) = (requested, scopes, names);

    /// <summary>What the client asked for, in its own words.</summary>
    public string Requested { get; }

    public IReadOnlyList<ClientScopeDocument> Scopes { get; }

    /// <summary>The names that the token's <c>scope</c> claim tells.</summary>
    public IReadOnlySet<string> Names { get; }

    /// <summary>Whether the request says which organizations it is for, as <c>organization:acme</c> does.</summary>
    public bool NamesOrganization => Requested.Split(' ').Any(scope => scope.StartsWith($"{Organization}:", StringComparison.Ordinal));

    /// <summary>Whether the request names no organization but this one.</summary>
    public bool AreFor(string handle) => Requested.Split(' ')
        .All(scope => !scope.StartsWith($"{Organization}:", StringComparison.Ordinal) || scope == $"{Organization}:{handle}");

    /// <summary>Null when the client asks for a scope that it may not have.</summary>
    public static GrantedScopes? Resolve(RealmClient client, string? requested)
    {
        var scopes = new List<ClientScopeDocument>(client.DefaultScopes);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in (requested ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (name == OpenId) names.Add(name);
            else if (client.FindScope(name) is { } scope) Include(scope, name);
            else return null;
        }
        foreach (var scope in client.DefaultScopes.Where(scope => scope.IncludedInToken)) names.Add(scope.Name);
        return new GrantedScopes(requested ?? "", scopes, names);

        void Include(ClientScopeDocument scope, string name)
        {
            if (!scopes.Contains(scope)) scopes.Add(scope);
            if (scope.IncludedInToken) names.Add(name);
        }
    }
}
