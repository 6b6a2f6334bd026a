using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Platform.Identity.Tests.Harness;

/// <summary>The admin API, called as the platform's sagas do.</summary>
internal sealed class Provisioning : IDisposable
{
    private readonly HttpClient _http = new();
    private readonly string _base;
    private readonly Application _account;
    private string? _token;

    public Provisioning(string url)
    {
        _base = $"{url}/admin/realms/platform";
        _account = new Application($"{url}/realms/platform", "platform-provisioning", ProviderUnderTest.ProvisioningSecret, "");
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, JsonNode? body = null, string? token = null)
    {
        _token ??= (await _account.TokenAsync(("grant_type", "client_credentials"))).Access();
        using var request = new HttpRequestMessage(method, _base + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? _token);
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await _http.SendAsync(request);
    }

    public async Task<HttpStatusCode> StatusAsync(HttpMethod method, string path, JsonNode? body = null) => (await SendAsync(method, path, body)).StatusCode;

    public async Task<JsonNode> GetAsync(string path)
    {
        var answer = await SendAsync(HttpMethod.Get, path);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    /// <summary>The id at the end of the answer's address.</summary>
    public async Task<string> CreateAsync(string path, JsonNode body)
    {
        var answer = await SendAsync(HttpMethod.Post, path, body);
        if (answer.StatusCode != HttpStatusCode.Created)
            throw new InvalidOperationException($"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return answer.Headers.Location!.Segments[^1];
    }

    /// <summary>A new person with a confirmed address and a password.</summary>
    public async Task<Person> PersonAsync(params string[] actions)
    {
        var email = $"p{Guid.NewGuid():N}@people.example";
        var id = await CreateAsync("/users", new JsonObject
        {
            ["username"] = email,
            ["email"] = email,
            ["emailVerified"] = true,
            ["enabled"] = true,
            ["firstName"] = "Pat",
            ["lastName"] = "Person",
            ["requiredActions"] = new JsonArray([.. actions.Select(action => (JsonNode)action)]),
            ["credentials"] = new JsonArray(new JsonObject { ["type"] = "password", ["value"] = Person.FirstPassword, ["temporary"] = false }),
        });
        return new Person(id, email);
    }

    /// <summary>A new organization with these people.</summary>
    public async Task<string> OrganizationAsync(JsonObject? attributes, params Person[] members)
    {
        var alias = $"o{Guid.NewGuid():N}";
        var id = await CreateAsync("/organizations", new JsonObject
        {
            ["name"] = alias,
            ["alias"] = alias,
            ["domains"] = new JsonArray(new JsonObject { ["name"] = $"{alias}.example", ["verified"] = false }),
            ["attributes"] = attributes ?? [],
        });
        foreach (var member in members) await CreateAsync($"/organizations/{id}/members", member.Id);
        return id;
    }

    public void Dispose()
    {
        _http.Dispose();
        _account.Dispose();
    }
}

internal sealed record Person(string Id, string Email)
{
    public const string FirstPassword = "a first good sentence";
}
