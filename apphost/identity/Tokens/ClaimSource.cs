using Platform.Identity.Realms;

namespace Platform.Identity.Tokens;

/// <summary>What claims are made of: who, for which client, with which scopes, in which session.</summary>
/// <param name="Notes">Facts of the session by Keycloak's names for them, such as <c>AUTH_TIME</c>.</param>
internal sealed record ClaimSource(
    Realm Realm,
    RealmClient Client,
    RealmUser User,
    GrantedScopes Scopes,
    IReadOnlyDictionary<string, string> Notes)
{
    /// <summary>The user's roles as far as the client may see them.</summary>
    public RoleSet Roles { get; } = Client.Document.FullScopeAllowed ? User.Roles : Narrowed(User.Roles, Client.Id);

    private static RoleSet Narrowed(RoleSet roles, string clientId) => new(
        new HashSet<string>(),
        roles.Clients.Where(pair => pair.Key == clientId).ToDictionary());
}
