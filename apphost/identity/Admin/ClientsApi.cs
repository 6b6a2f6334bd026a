using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Platform.Identity.Consents;
using Platform.Identity.Realms;
using static Platform.Identity.Admin.AdminAnswers;

namespace Platform.Identity.Admin;

/// <summary>Keycloak's <c>/clients</c>: the applications that organizations register.</summary>
internal sealed class ClientsApi(Realm realm, RealmStore store, ClientRegistration registration, ConsentBook consents, TimeProvider time)
{
    private const int SecretBytes = 32;
    private const int MaxIdLength = 100;

    // Full scope is not among them: an application that is registered here never sees roles beyond its own.
    private static readonly string[] Settable =
        ["name", "description", "enabled", "consentRequired", "standardFlowEnabled", "serviceAccountsEnabled", "rootUrl", "baseUrl", "redirectUris",
            "webOrigins", "attributes", "protocolMappers"];

    private static readonly string[] SettableOnce = [.. Settable, "clientId", "publicClient", "defaultClientScopes", "optionalClientScopes"];

    public IResult List(HttpContext http)
    {
        var wanted = http.Request.Query["clientId"].ToString();
        return AdminAnswers.List(
            realm.AllClients.Where(client => wanted.Length == 0 || (Flag(http, "search")
                    ? client.Id.Contains(wanted, StringComparison.OrdinalIgnoreCase) : client.Id == wanted))
                .OrderBy(client => client.Id, StringComparer.Ordinal),
            http, Show);
    }

    public IResult Get(string key) => Find(key) is { } client ? One(Show(client)) : NotFound("Could not find client");

    public async Task<IResult> Create(HttpContext http)
    {
        if (await AdminBody.ReadObjectAsync(http) is not { } body || body.Text("clientId") is not { Length: <= MaxIdLength } id) return Bad("Client ID is missing");
        var fresh = new ClientDocument { Id = Guid.CreateVersion7(time.GetUtcNow()).ToString(), ClientId = id, FullScopeAllowed = false };
        if (AdminBody.Merge(fresh, body, SettableOnce) is not { } client) return Bad("A value is of the wrong kind.");
        if (!client.PublicClient) client = client with { Secret = body.Text("secret") ?? NewSecret() };
        if (client is { PublicClient: true, ServiceAccountsEnabled: true }) return Bad("A public client has no service account.");
        if (Refuse(client) is { } refusal) return refusal;
        if (!await store.PutClientAsync(client, isNew: true, http.RequestAborted)) return Conflict($"Client {id} already exists");
        if (client.ServiceAccountsEnabled) await store.AddUserAsync(ServiceAccount(client), http.RequestAborted);
        await registration.PutAsync(realm.FindAnyClient(id)!, http.RequestAborted);
        return Created(http, $"{http.Request.Path}/{client.Id}");
    }

    public async Task<IResult> Update(HttpContext http, string key)
    {
        if (Find(key) is not { } client) return NotFound("Could not find client");
        if (await AdminBody.ReadObjectAsync(http) is not { } body || AdminBody.Merge(client.Document, body, Settable) is not { } changed) return Bad("A value is of the wrong kind.");
        if (Refuse(changed) is { } refusal) return refusal;
        await ReplaceAsync(http, changed);
        return Results.NoContent();
    }

    public async Task<IResult> Delete(HttpContext http, string key)
    {
        if (Find(key) is not { } client) return NotFound("Could not find client");
        await store.RemoveClientAsync(client.Id, http.RequestAborted);
        if (realm.FindServiceAccount(client.Id) is { } account) await store.RemoveUserAsync(account.Id, http.RequestAborted);
        await consents.ForgetClientAsync(client.Id, http.RequestAborted);
        await registration.RemoveAsync(client.Id, http.RequestAborted);
        return Results.NoContent();
    }

    public IResult Secret(string key) => Find(key) is { Document.Secret: { } secret } ? One(Secretly(secret)) : NotFound("Could not find client");

    public async Task<IResult> NewSecret(HttpContext http, string key)
    {
        if (Find(key) is not { Document.PublicClient: false } client) return NotFound("Could not find client");
        var secret = NewSecret();
        await ReplaceAsync(http, client.Document with { Secret = secret });
        return One(Secretly(secret));
    }

    public IResult ServiceAccount(string key) =>
        Find(key) is { } client && realm.FindServiceAccount(client.Id) is { } account ? One(UserView.Show(account)) : NotFound("Could not find client");

    public IResult Scopes(HttpContext http) => AdminAnswers.List(realm.Scopes.Values, http, Show, fallback: 1000);

    public IResult ScopesOf(HttpContext http, string key, bool isDefault) => Find(key) is { } client
        ? AdminAnswers.List(isDefault ? client.DefaultScopes : client.Scopes.Except(client.DefaultScopes), http, Show)
        : NotFound("Could not find client");

    public async Task<IResult> SetScope(HttpContext http, string key, string scopeId, bool isDefault, bool isGiven)
    {
        if (Find(key) is not { } client) return NotFound("Could not find client");
        if (realm.Scopes.Values.FirstOrDefault(scope => KeyOf(scope) == scopeId) is not { } scope) return NotFound("Client scope");
        var names = (isDefault ? client.DefaultScopes : client.Scopes.Except(client.DefaultScopes)).Select(other => other.Name).Where(name => name != scope.Name);
        IReadOnlyList<string> changed = [.. isGiven ? names.Append(scope.Name) : names];
        await ReplaceAsync(http, isDefault ? client.Document with { DefaultClientScopes = changed } : client.Document with { OptionalClientScopes = changed });
        return Results.NoContent();
    }

    private async Task ReplaceAsync(HttpContext http, ClientDocument changed)
    {
        await store.PutClientAsync(changed, isNew: false, http.RequestAborted);
        await registration.PutAsync(realm.FindAnyClient(changed.ClientId)!, http.RequestAborted);
    }

    private RealmClient? Find(string key) => realm.AllClients.FirstOrDefault(client => client.Key == key);

    // What the realm would refuse at start it refuses now.
    private IResult? Refuse(ClientDocument client)
    {
        try
        {
            var understood = new RealmClient(realm.Settings, client, realm.Scopes);
            var url = client.Attributes.GetValueOrDefault("backchannel.logout.url");
            return string.IsNullOrEmpty(url) || understood.BackChannelLogoutUrl is not null ? null : Bad("Backchannel logout URL is not a valid URL");
        }
        catch (StartupException exception)
        {
            return Bad(exception.Message);
        }
    }

    private UserDocument ServiceAccount(ClientDocument client) =>
        UserView.New(realm, $"service-account-{client.ClientId}", null, time) with { ServiceAccountClientId = client.ClientId };

    private static JsonObject Show(RealmClient client)
    {
        var shown = AdminBody.Show(client.Document with
        {
            Id = client.Key,
            DefaultClientScopes = [.. client.DefaultScopes.Select(scope => scope.Name)],
            OptionalClientScopes = [.. client.Scopes.Except(client.DefaultScopes).Select(scope => scope.Name)],
        });
        shown.Remove("secret");
        return shown;
    }

    private static JsonObject Show(ClientScopeDocument scope)
    {
        var shown = AdminBody.Show(scope);
        shown["id"] = KeyOf(scope);
        shown["protocol"] = "openid-connect";
        return shown;
    }

    private static string KeyOf(ClientScopeDocument scope) => RealmClient.KeyFor($"scope:{scope.Name}");

    private static JsonObject Secretly(string secret) => new() { ["type"] = "secret", ["value"] = secret };

    private static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
}
