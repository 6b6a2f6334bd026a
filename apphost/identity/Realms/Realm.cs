namespace Platform.Identity.Realms;

/// <summary>A realm, ready to be asked.</summary>
internal sealed class Realm
{
    private readonly Dictionary<string, RealmClient> _clients;
    private readonly Dictionary<string, RealmUser> _usersById;
    private readonly Dictionary<string, RealmUser> _usersByLogin = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, RealmUser> _serviceAccounts = new(StringComparer.Ordinal);

    public Realm(RealmDocument document, string source)
    {
        Settings = document;
        Source = source;
        var roles = new RoleGraph(document.Roles);
        var scopes = document.ClientScopes.ToDictionary(scope => scope.Name, StringComparer.Ordinal);
        _clients = document.Clients.Where(client => client.Enabled)
            .ToDictionary(client => client.ClientId, client => new RealmClient(document, client, scopes), StringComparer.Ordinal);
        var organizations = OrganizationsByMember(document.Organizations);
        _usersById = document.Users.Where(user => user.Enabled)
            .ToDictionary(user => user.Id, user => new RealmUser(user, roles.Expand(user), organizations[user.Username]), StringComparer.Ordinal);
        foreach (var user in _usersById.Values) Index(user);
    }

    public RealmDocument Settings { get; }

    /// <summary>The text that the realm was read from, secrets included.</summary>
    public string Source { get; }

    public string Name => Settings.Realm;

    public string DisplayName => Settings.DisplayName ?? Settings.Realm;

    public IReadOnlyCollection<RealmClient> Clients => _clients.Values;

    public IReadOnlyCollection<RealmUser> Users => _usersById.Values;

    public RealmClient? FindClient(string? clientId) => clientId is null ? null : _clients.GetValueOrDefault(clientId);

    public RealmUser? FindUser(string? id) => id is null ? null : _usersById.GetValueOrDefault(id);

    /// <summary>The person who signs in by this user name or, where the realm allows it, e-mail address.</summary>
    public RealmUser? FindByLogin(string login) => _usersByLogin.GetValueOrDefault(login.Trim());

    public RealmUser? FindServiceAccount(string clientId) => _serviceAccounts.GetValueOrDefault(clientId);

    private static ILookup<string, OrganizationDocument> OrganizationsByMember(IEnumerable<OrganizationDocument> organizations) =>
        organizations.Where(organization => organization.Enabled)
            .SelectMany(organization => organization.Members, (organization, member) => (organization, member.Username))
            .ToLookup(pair => pair.Username, pair => pair.organization, StringComparer.OrdinalIgnoreCase);

    private void Index(RealmUser user)
    {
        if (user.Profile.ServiceAccountClientId is { } clientId)
        {
            _serviceAccounts.Add(clientId, user);
            return;
        }
        _usersByLogin[user.Username] = user;
        if (Settings.LoginWithEmailAllowed && user.Profile.Email is { } email) _usersByLogin.TryAdd(email, user);
    }
}
