using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Web;
using Automation.Tests.Harness;

namespace Automation.Tests.Fakes;

/// <summary>Keycloak's admin API, as far as companies and their people need it. Nobody gets a mail at <c>nomail.example</c>, or joins from <c>nomember.example</c>.</summary>
internal sealed class FakeKeycloak : HttpMessageHandler
{
    private const string Base = "/admin/realms/platform";

    public ConcurrentDictionary<string, JsonObject> Organizations { get; } = new();

    public ConcurrentDictionary<string, JsonObject> Users { get; } = new();

    public ConcurrentDictionary<(string Organization, string User), bool> Members { get; } = new();

    public ConcurrentDictionary<string, JsonObject> Clients { get; } = new();

    /// <summary>Identity providers, each with its organization.</summary>
    public ConcurrentDictionary<string, string> Providers { get; } = new();

    public ConcurrentQueue<string> Mails { get; } = new();

    public string AddUser(string email, DateTimeOffset since)
    {
        var id = Guid.CreateVersion7().ToString();
        Users[id] = new JsonObject { ["id"] = id, ["email"] = email, ["createdTimestamp"] = since.ToUnixTimeMilliseconds() };
        return id;
    }

    public void AddClient(string clientId)
    {
        var id = Guid.CreateVersion7().ToString();
        Clients[id] = new JsonObject { ["id"] = id, ["clientId"] = clientId };
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.Authorization?.Parameter != AccountHandler.Token)
            return new HttpResponseMessage(HttpStatusCode.Unauthorized);
        var body = request.Content is null ? null : JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken));
        var query = HttpUtility.ParseQueryString(request.RequestUri!.Query);
        return (request.Method.Method, request.RequestUri.AbsolutePath[Base.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries)) switch
        {
            ("GET", ["organizations"]) => List(Organizations.Values.Where(found => $"signup:{found["attributes"]!["signup"]![0]}" == query["q"])),
            ("POST", ["organizations"]) => Organizations.Values.Any(found => (string?)found["alias"] == (string?)body!["alias"]) ? Conflict() : Created(Organizations, body!.AsObject()),
            ("DELETE", ["organizations", var id]) => new HttpResponseMessage(Organizations.TryRemove(id, out _) ? HttpStatusCode.NoContent : HttpStatusCode.NotFound),
            ("GET", ["organizations", "members", var user, "organizations"]) => List(Members.Keys.Where(member => member.User == user).Select(member => new JsonObject { ["id"] = member.Organization })),
            ("GET", ["organizations", var id, "members"]) => List(Members.Keys.Where(member => member.Organization == id).Select(member => new JsonObject { ["id"] = member.User })),
            ("POST", ["organizations", var id, "members"]) => ((string)Users[(string)body!]["email"]!).EndsWith("@nomember.example", StringComparison.Ordinal) ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) : Members.TryAdd((id, (string)body!), true) ? new HttpResponseMessage(HttpStatusCode.Created) : Conflict(),
            ("DELETE", ["organizations", var id, "members", var user]) => new HttpResponseMessage(Members.TryRemove((id, user), out _) ? HttpStatusCode.NoContent : HttpStatusCode.NotFound),
            ("GET", ["organizations", var id, "identity-providers"]) => List(Providers.Where(provider => provider.Value == id).Select(provider => new JsonObject { ["alias"] = provider.Key })),
            ("DELETE", ["identity-provider", "instances", var alias]) => new HttpResponseMessage(Providers.TryRemove(alias, out _) ? HttpStatusCode.NoContent : HttpStatusCode.NotFound),
            ("GET", ["users"]) => List(Users.Values.Where(user => (string?)user["email"] == query["email"])),
            ("POST", ["users"]) => CreateUser(body!.AsObject()),
            ("DELETE", ["users", var id]) => DeleteUser(id),
            ("GET", ["clients"]) => List(Clients.Values.Where(client => ((string)client["clientId"]!).Contains(query["clientId"]!, StringComparison.Ordinal))),
            ("DELETE", ["clients", var id]) => new HttpResponseMessage(Clients.TryRemove(id, out _) ? HttpStatusCode.NoContent : HttpStatusCode.NotFound),
            ("PUT", ["users", var id, "execute-actions-email"]) => SendMail(id, body!),
            _ => new HttpResponseMessage(HttpStatusCode.BadRequest),
        };
    }

    private HttpResponseMessage CreateUser(JsonObject user)
    {
        var email = (string)user["email"]!;
        if (email.EndsWith("@broken.example", StringComparison.Ordinal))
            return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        if (Users.Values.Any(found => (string?)found["email"] == email))
            return Conflict();
        user["createdTimestamp"] = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        return Created(Users, user);
    }

    private HttpResponseMessage DeleteUser(string id)
    {
        foreach (var member in Members.Keys.Where(member => member.User == id))
            Members.TryRemove(member, out _);
        return new HttpResponseMessage(Users.TryRemove(id, out _) ? HttpStatusCode.NoContent : HttpStatusCode.NotFound);
    }

    private HttpResponseMessage SendMail(string id, JsonNode actions)
    {
        var email = (string)Users[id]["email"]!;
        if (email.EndsWith("@nomail.example", StringComparison.Ordinal))
            return new HttpResponseMessage(HttpStatusCode.InternalServerError);
        Mails.Enqueue($"{email} {string.Join(' ', actions.AsArray())}");
        return new HttpResponseMessage(HttpStatusCode.NoContent);
    }

    private static HttpResponseMessage Created(ConcurrentDictionary<string, JsonObject> things, JsonObject thing)
    {
        var id = Guid.CreateVersion7().ToString();
        thing["id"] = id;
        things[id] = thing;
        return new HttpResponseMessage(HttpStatusCode.Created) { Headers = { Location = new Uri($"http://identity.test{Base}/things/{id}") } };
    }

    private static HttpResponseMessage List(IEnumerable<JsonObject> found) =>
        new(HttpStatusCode.OK) { Content = JsonContent.Create(new JsonArray([.. found.Select(node => node.DeepClone())])) };

    private static HttpResponseMessage Conflict() => new(HttpStatusCode.Conflict);
}
