using System.Collections.Concurrent;

namespace Platform.Identity.Realms;

/// <summary>
/// A realm, ready to be asked: what the file says, overlaid by what was changed since. Whoever changes it goes through
/// <see cref="RealmStore"/>, which keeps the change.
/// </summary>
internal sealed class Realm
{
    private readonly ConcurrentDictionary<string, RealmClient> _clients = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RealmUser> _usersById = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RealmUser> _usersByLogin = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, RealmUser> _serviceAccounts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, OrganizationDocument> _organizations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IdentityProviderDocument> _providers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Provider, string Subject), RealmUser> _usersByLink = new();
    private readonly Dictionary<string, ClientScopeDocument> _scopes;
    private readonly RoleGraph _roles;

    public Realm(RealmDocument document, string source)
    {
        Settings = document;
        Source = source;
        _roles = new RoleGraph(document.Roles);
        _scopes = document.ClientScopes.ToDictionary(scope => scope.Name, StringComparer.Ordinal);
        foreach (var client in document.Clients) Put(client);
        foreach (var user in document.Users) Put(user);
        foreach (var organization in document.Organizations) PutWithMembers(organization);
        foreach (var provider in document.IdentityProviders) Put(Complete(provider));
    }

    public RealmDocument Settings { get; }

    /// <summary>The text that the realm was read from, secrets included.</summary>
    public string Source { get; }

    public string Name => Settings.Realm;

    public string DisplayName => Settings.DisplayName ?? Settings.Realm;

    public Memberships Memberships { get; } = new();

    public IReadOnlyDictionary<string, ClientScopeDocument> Scopes => _scopes;

    public IEnumerable<RealmClient> AllClients => _clients.Values;

    /// <summary>Those that may be used.</summary>
    public IEnumerable<RealmClient> Clients => _clients.Values.Where(client => client.Document.Enabled);

    public IEnumerable<RealmUser> AllUsers => _usersById.Values;

    public IEnumerable<RealmUser> Users => _usersById.Values.Where(user => user.Profile.Enabled);

    public IEnumerable<OrganizationDocument> Organizations => _organizations.Values;

    public IEnumerable<IdentityProviderDocument> AllProviders => _providers.Values;

    public IdentityProviderDocument? FindProvider(string? alias) => FindAnyProvider(alias) is { Enabled: true } provider ? provider : null;

    public IdentityProviderDocument? FindAnyProvider(string? alias) => alias is null ? null : _providers.GetValueOrDefault(alias);

    /// <summary>The provider of the organization that the address belongs to, where it takes its people from the login page.</summary>
    public IdentityProviderDocument? FindProviderFor(string email) => _organizations.Values.FirstOrDefault(organization => organization.Enabled && organization.Owns(email)) is { } owner
        ? _providers.Values.FirstOrDefault(provider => provider.Enabled && provider.TakesAddresses && provider.OrganizationId == owner.Id
            && (provider.Text(IdentityProviderDocument.DomainKey) is null or "ANY" || email.EndsWith($"@{provider.Text(IdentityProviderDocument.DomainKey)}", StringComparison.OrdinalIgnoreCase)))
        : null;

    /// <summary>The person who is connected to a provider's identity, even one who may not sign in.</summary>
    public RealmUser? FindLinked(string provider, string subject) => _usersByLink.GetValueOrDefault((provider, subject));

    public RealmClient? FindClient(string? clientId) => FindAnyClient(clientId) is { Document.Enabled: true } client ? client : null;

    public RealmClient? FindAnyClient(string? clientId) => clientId is null ? null : _clients.GetValueOrDefault(clientId);

    public RealmUser? FindUser(string? id) => FindAnyUser(id) is { Profile.Enabled: true } user ? user : null;

    /// <summary>Also one who may not sign in.</summary>
    public RealmUser? FindAnyUser(string? id) => id is null ? null : _usersById.GetValueOrDefault(id);

    /// <summary>The person who signs in by this user name or, where the realm allows it, e-mail address.</summary>
    public RealmUser? FindByLogin(string login) => FindAnyByLogin(login) is { Profile.Enabled: true } user ? user : null;

    public RealmUser? FindAnyByLogin(string login) => _usersByLogin.GetValueOrDefault(login.Trim());

    public RealmUser? FindServiceAccount(string clientId) => _serviceAccounts.GetValueOrDefault(clientId) is { Profile.Enabled: true } user ? user : null;

    public OrganizationDocument? FindOrganization(string id) => _organizations.GetValueOrDefault(id);

    public IEnumerable<OrganizationDocument> OrganizationsOf(string userId) => Memberships.OrganizationsOf(userId)
        .Select(id => _organizations.GetValueOrDefault(id)).OfType<OrganizationDocument>()
        .Where(organization => organization.Enabled)
        .OrderBy(organization => organization.Name, StringComparer.OrdinalIgnoreCase);

    internal void Put(ClientDocument client) => _clients[client.ClientId] = new RealmClient(Settings, client, _scopes);

    internal void Put(IdentityProviderDocument provider) => _providers[provider.Alias] = provider;

    internal void RemoveProvider(string alias) => _providers.TryRemove(alias, out _);

    internal void RemoveClient(string clientId) => _clients.TryRemove(clientId, out _);

    internal RealmUser Put(UserDocument profile)
    {
        if (_usersById.TryGetValue(profile.Id, out var former)) RemoveFromIndex(former);
        var user = new RealmUser(this, profile, _roles.Expand(profile));
        _usersById[user.Id] = user;
        Index(user);
        return user;
    }

    internal void RemoveUser(string id)
    {
        if (!_usersById.TryRemove(id, out var user)) return;
        RemoveFromIndex(user);
        foreach (var organization in Memberships.OrganizationsOf(id).ToList()) Memberships.Remove(organization, id);
    }

    internal void Put(OrganizationDocument organization) => _organizations[organization.Id] = organization;

    internal void RemoveOrganization(string id)
    {
        _organizations.TryRemove(id, out _);
        foreach (var member in Memberships.MembersOf(id).ToList()) Memberships.Remove(id, member);
    }

    private void PutWithMembers(OrganizationDocument organization)
    {
        Put(organization with { Members = [] });
        foreach (var member in organization.Members)
            if (_usersByLogin.TryGetValue(member.Username, out var user)) Memberships.Add(organization.Id, user.Id, member.MembershipType);
    }

    // Mappers and organizations stand beside their provider in a realm file.
    private IdentityProviderDocument Complete(IdentityProviderDocument provider) => provider with
    {
        Mappers = [.. Settings.IdentityProviderMappers.Where(mapper => mapper.IdentityProviderAlias == provider.Alias)],
        OrganizationId = provider.OrganizationId
            ?? Settings.Organizations.FirstOrDefault(organization => organization.IdentityProviders.Any(linked => linked.Alias == provider.Alias))?.Id,
    };

    private void Index(RealmUser user)
    {
        foreach (var link in user.Profile.FederatedIdentities) _usersByLink[(link.IdentityProvider, link.UserId)] = user;
        if (user.Profile.ServiceAccountClientId is { } clientId)
        {
            _serviceAccounts[clientId] = user;
            return;
        }
        _usersByLogin[user.Username] = user;
        if (Settings.LoginWithEmailAllowed && user.Profile.Email is { } email) _usersByLogin.TryAdd(email, user);
    }

    private void RemoveFromIndex(RealmUser user)
    {
        foreach (var link in user.Profile.FederatedIdentities) _usersByLink.TryRemove(KeyValuePair.Create((link.IdentityProvider, link.UserId), user));
        if (user.Profile.ServiceAccountClientId is { } clientId) _serviceAccounts.TryRemove(KeyValuePair.Create(clientId, user));
        _usersByLogin.TryRemove(KeyValuePair.Create(user.Username, user));
        if (user.Profile.Email is { } email) _usersByLogin.TryRemove(KeyValuePair.Create(email, user));
    }
}
