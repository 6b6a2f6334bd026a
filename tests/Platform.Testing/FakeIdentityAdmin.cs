using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Web;

namespace Platform.Testing;

/// <summary>
/// Stands for the identity server towards the tenants service: the token endpoint, and the part of Keycloak's admin API that
/// applications, identity providers and newcomers need. Its shapes are tested against the real one in EndToEnd.Tests.
/// </summary>
public sealed class FakeIdentityAdmin : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, JsonObject> _clients = new();
    private readonly ConcurrentDictionary<string, string> _secrets = new();
    private readonly ConcurrentDictionary<(string User, string Client), Consent> _consents = new();
    private readonly ConcurrentDictionary<string, JsonObject> _providers = new();
    private readonly ConcurrentDictionary<string, string> _organizationOf = new();
    private readonly ConcurrentDictionary<(string Organization, string User), (JsonObject Person, string[] Providers)> _members = new();
    private readonly ConcurrentDictionary<string, int> _mails = new();
    private int _secretCount;

    /// <summary>Another one that knows what this one does.</summary>
    public FakeIdentityAdmin Copy()
    {
        var copy = new FakeIdentityAdmin();
        foreach (var (id, client) in _clients)
            (copy._clients[id], copy._secrets[id]) = (client.DeepClone().AsObject(), _secrets[id]);
        foreach (var (key, consent) in _consents)
            copy._consents[key] = consent;
        foreach (var (alias, provider) in _providers)
            copy._providers[alias] = provider.DeepClone().AsObject();
        foreach (var (alias, organization) in _organizationOf)
            copy._organizationOf[alias] = organization;
        foreach (var (key, (person, providers)) in _members)
            copy._members[key] = (person.DeepClone().AsObject(), providers);
        foreach (var (email, count) in _mails)
            copy._mails[email] = count;
        copy._secretCount = _secretCount;
        return copy;
    }

    /// <summary>Whether nobody answers.</summary>
    public bool IsAway { get; set; }

    /// <summary>The client of that client id, as it was sent.</summary>
    public JsonObject? Client(string clientId) => _clients.Values.SingleOrDefault(client => (string?)client["clientId"] == clientId);

    /// <summary>The secret that the client has now.</summary>
    public string SecretOf(string clientId) => _secrets[(string)Client(clientId)!["id"]!];

    /// <summary>The identity provider of that alias, as it was sent last.</summary>
    public JsonObject? Provider(string alias) => _providers.GetValueOrDefault(alias);

    /// <summary>An operator sets something of it at the identity server itself.</summary>
    public void Set(string alias, string key, string value) => _providers[alias]["config"]![key] = value;

    /// <summary>The organization whose people it knows.</summary>
    public string? OrganizationOf(string alias) => _organizationOf.GetValueOrDefault(alias);

    /// <summary>The person is of the organization, and connected to these identity providers.</summary>
    public void Join(Guid organization, Guid user, string email, params string[] providers) => _members[(organization.ToString(), user.ToString())] = (
        new JsonObject { ["id"] = user.ToString(), ["email"] = email, ["firstName"] = "Nora", ["lastName"] = "Newcomer", ["membershipType"] = providers.Length > 0 ? "MANAGED" : "UNMANAGED" }, providers);

    /// <summary>The person who was invited to the organization with the address; null where nobody was, or is not of it any more.</summary>
    public Guid? Guest(Guid organization, string email) => _members.Where(member => member.Key.Organization == organization.ToString() && (string?)member.Value.Person["email"] == email)
        .Select(member => (Guid?)Guid.Parse(member.Key.User)).SingleOrDefault();

    /// <summary>The person has followed the link: the address is theirs.</summary>
    public void Confirm(Guid organization, Guid user) => _members[(organization.ToString(), user.ToString())].Person["emailVerified"] = true;

    /// <summary>How many invitations were mailed to the address.</summary>
    public int MailsTo(string email) => _mails.GetValueOrDefault(email);

    /// <summary>The person lets the application do this.</summary>
    public void Allow(Guid user, string clientId, DateTimeOffset since, params string[] scopes) => _consents[(user.ToString(), clientId)] = new Consent(scopes, since);

    /// <summary>The person takes it back.</summary>
    public void Revoke(Guid user, string clientId) => _consents.TryRemove((user.ToString(), clientId), out _);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (IsAway)
            throw new HttpRequestException("Nobody is there.");
        var path = request.RequestUri!.AbsolutePath;
        if (path.EndsWith("/token", StringComparison.Ordinal))
            return Json(new JsonObject { ["access_token"] = "token", ["expires_in"] = 300 });
        if (request.Content is FormUrlEncodedContent && path.EndsWith("/members/invite-user", StringComparison.Ordinal))
            return Invite(path.Split('/')[^3], HttpUtility.ParseQueryString(await request.Content.ReadAsStringAsync(cancellationToken))["email"]!);
        var sent = request.Content is null ? null : await request.Content.ReadFromJsonAsync<JsonNode>(cancellationToken);
        var body = sent as JsonObject;
        var parts = path.Split('/')[4..];
        return (request.Method.Method, parts) switch
        {
            ("POST", ["clients"]) => Add(body!),
            ("GET", ["clients"]) => Json(new JsonArray([.. _clients.Values.Where(client => (string?)client["clientId"] == HttpUtility.ParseQueryString(request.RequestUri.Query)["clientId"]).Select(client => client.DeepClone())])),
            ("PUT", ["clients", var key]) => Change(key, body!),
            ("DELETE", ["clients", var key]) => new HttpResponseMessage(_clients.TryRemove(key, out _) ? HttpStatusCode.NoContent : HttpStatusCode.NotFound),
            ("GET", ["clients", var key, "client-secret"]) => Json(new JsonObject { ["value"] = _secrets[key] }),
            ("POST", ["clients", var key, "client-secret"]) => Json(new JsonObject { ["value"] = _secrets[key] = NewSecret() }),
            ("GET", ["clients", var key, "optional-client-scopes"]) => Json(Scopes([.. _clients[key]["optionalClientScopes"]!.AsArray().Select(name => (string)name!)])),
            ("PUT", ["clients", var key, "optional-client-scopes", var scope]) => Give(key, scope, isGiven: true),
            ("DELETE", ["clients", var key, "optional-client-scopes", var scope]) => Give(key, scope, isGiven: false),
            ("GET", ["client-scopes"]) => Json(Scopes("email", "contacts.read", "contacts.write", "deals.read", "tenants.read")),
            ("GET", ["users", var user, "consents"]) => Json(new JsonArray([.. _consents.Where(consent => consent.Key.User == user).Select(consent => (JsonNode)new JsonObject
            {
                ["clientId"] = consent.Key.Client,
                ["grantedClientScopes"] = new JsonArray([.. consent.Value.Scopes.Select(scope => (JsonNode)scope)]),
                ["createdDate"] = consent.Value.Since.ToUnixTimeMilliseconds(),
            })])),
            ("POST", ["identity-provider", "instances"]) => Put((string)body!["alias"]!, body, HttpStatusCode.Created),
            ("GET", ["identity-provider", "instances", var alias]) => _providers.TryGetValue(alias, out var known) ? Json(Masked(known)) : new HttpResponseMessage(HttpStatusCode.NotFound),
            ("PUT", ["identity-provider", "instances", var alias]) => Put(alias, body!, HttpStatusCode.NoContent),
            ("DELETE", ["identity-provider", "instances", var alias]) => new HttpResponseMessage(_providers.TryRemove(alias, out _) ? HttpStatusCode.NoContent : HttpStatusCode.NotFound),
            ("POST", ["organizations", var organization, "identity-providers"]) => Link(organization, (string)sent!),
            ("GET", ["organizations", var organization, "identity-providers"]) => Json(new JsonArray([.. _organizationOf.Where(link => link.Value == organization).Select(link => (JsonNode)new JsonObject { ["alias"] = link.Key })])),
            ("GET", ["organizations", var organization, "members", var user]) => _members.TryGetValue((organization, user), out var member) ? Json(member.Person.DeepClone()) : new HttpResponseMessage(HttpStatusCode.NotFound),
            ("DELETE", ["organizations", var organization, "members", var user]) => new HttpResponseMessage(_members.TryRemove((organization, user), out _) ? HttpStatusCode.NoContent : HttpStatusCode.NotFound),
            ("GET", ["users"]) => Json(new JsonArray([.. _members.Values.Select(member => member.Person).Where(person => (string?)person["email"] == HttpUtility.ParseQueryString(request.RequestUri.Query)["email"]).Select(person => person.DeepClone())])),
            ("GET", ["users", var user, "federated-identity"]) => Json(new JsonArray([.. _members.Where(member => member.Key.User == user).SelectMany(member => member.Value.Providers)
                .Select(alias => (JsonNode)new JsonObject { ["identityProvider"] = alias, ["userId"] = user })])),
            _ => new HttpResponseMessage(HttpStatusCode.NotFound),
        };
    }

    // As the local one: the account is made, and the link confirms its address.
    private HttpResponseMessage Invite(string organization, string email)
    {
        if (Guest(Guid.Parse(organization), email) is not null)
            return new HttpResponseMessage(HttpStatusCode.Conflict);
        Join(Guid.Parse(organization), Guid.CreateVersion7(), email);
        _mails.AddOrUpdate(email, 1, (_, count) => count + 1);
        return new HttpResponseMessage(HttpStatusCode.NoContent);
    }

    private HttpResponseMessage Put(string alias, JsonObject provider, HttpStatusCode status)
    {
        // As there: the mask leaves the secret as it was.
        if ((string?)provider["config"]?["clientSecret"] == "**********" && _providers.TryGetValue(alias, out var former))
            provider["config"]!["clientSecret"] = (string?)former["config"]!["clientSecret"];
        _providers[alias] = provider;
        return new HttpResponseMessage(status);
    }

    private static JsonNode Masked(JsonObject provider)
    {
        var shown = provider.DeepClone();
        if (shown["config"]?["clientSecret"] is not null)
            shown["config"]!["clientSecret"] = "**********";
        return shown;
    }

    private HttpResponseMessage Link(string organization, string alias)
    {
        _organizationOf[alias] = organization;
        return new HttpResponseMessage(HttpStatusCode.NoContent);
    }

    private HttpResponseMessage Add(JsonObject client)
    {
        var id = Guid.NewGuid().ToString();
        client["id"] = id;
        _clients[id] = client;
        _secrets[id] = NewSecret();
        return new HttpResponseMessage(HttpStatusCode.Created);
    }

    private HttpResponseMessage Change(string key, JsonObject changes)
    {
        foreach (var (name, value) in changes)
            _clients[key][name] = value?.DeepClone();
        return new HttpResponseMessage(HttpStatusCode.NoContent);
    }

    private HttpResponseMessage Give(string key, string scope, bool isGiven)
    {
        var left = _clients[key]["optionalClientScopes"]!.AsArray().Select(name => (string)name!).Where(name => name != scope);
        _clients[key]["optionalClientScopes"] = new JsonArray([.. (isGiven ? left.Append(scope) : left).Select(name => (JsonNode)name)]);
        return new HttpResponseMessage(HttpStatusCode.NoContent);
    }

    private string NewSecret() => $"secret {Interlocked.Increment(ref _secretCount)} of {Guid.NewGuid():N}";

    // Here a scope's key is its name.
    private static JsonArray Scopes(params string[] names) => [.. names.Select(name => new JsonObject { ["id"] = name, ["name"] = name })];

    private static HttpResponseMessage Json(JsonNode answer) => new() { Content = JsonContent.Create(answer) };

    private sealed record Consent(IReadOnlyList<string> Scopes, DateTimeOffset Since);
}
