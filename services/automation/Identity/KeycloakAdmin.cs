using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Platform.Automation.Identity;

/// <summary>The part of Keycloak's admin API that companies and their people need, with the account that may provision.</summary>
internal sealed class KeycloakAdmin(HttpClient http, ProvisioningAccount account, IConfiguration configuration)
{
    private const string Attribute = "signup";
    private static readonly string[] FirstActions = ["UPDATE_PASSWORD"];
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromDays(3);

    private readonly string _base =
        $"{(configuration["Keycloak:auth-server-url"] ?? configuration["Keycloak:AuthServerUrl"])?.TrimEnd('/')}/admin/realms/{configuration["Keycloak:realm"] ?? configuration["Keycloak:Realm"]}";

    /// <summary>The organization that a sign-up made.</summary>
    public async Task<string?> FindOrganizationAsync(Guid signup)
    {
        var found = await GetAsync($"/organizations?q={Attribute}:{signup}&briefRepresentation=false");
        return found.EnumerateArray().Select(IdOf).SingleOrDefault();
    }

    /// <summary>Null where the short name is another organization's.</summary>
    public Task<string?> CreateOrganizationAsync(Guid signup, string slug, string companyName) => CreateAsync("/organizations", new
    {
        // Names are unique there too, and those of companies are not.
        name = slug,
        alias = slug,
        description = companyName,
        enabled = true,
        // Some versions want a domain; nobody signs in by this one.
        domains = new[] { new { name = $"{slug}.tenants.internal", verified = false } },
        attributes = new Dictionary<string, string[]> { [Attribute] = [signup.ToString()] },
    });

    public Task DeleteOrganizationAsync(string id) => SendAsync(HttpMethod.Delete, $"/organizations/{id}", null, HttpStatusCode.NotFound);

    /// <summary>Null where the address is another account's.</summary>
    public Task<string?> CreateUserAsync(string email, string name)
    {
        var space = name.LastIndexOf(' ');
        return CreateAsync("/users", new
        {
            username = email,
            email,
            enabled = true,
            emailVerified = false,
            firstName = space < 0 ? name : name[..space],
            lastName = space < 0 ? "" : name[(space + 1)..],
            requiredActions = FirstActions,
        });
    }

    public async Task<KeycloakUser?> FindUserAsync(string email)
    {
        var found = await GetAsync($"/users?email={Uri.EscapeDataString(email)}&exact=true");
        return found.EnumerateArray().Select(user => new KeycloakUser(IdOf(user), DateTimeOffset.FromUnixTimeMilliseconds(user.GetProperty("createdTimestamp").GetInt64()))).SingleOrDefault();
    }

    public Task DeleteUserAsync(string id) => SendAsync(HttpMethod.Delete, $"/users/{id}", null, HttpStatusCode.NotFound);

    public Task AddMemberAsync(string organization, string user) => SendAsync(HttpMethod.Post, $"/organizations/{organization}/members", JsonContent.Create(user), HttpStatusCode.Conflict);

    /// <summary>The members of an organization; none where there is no such organization.</summary>
    public async Task<IReadOnlyList<string>> MembersAsync(string organization, int max)
    {
        using var response = await SendAsync(HttpMethod.Get, $"/organizations/{organization}/members?max={max}", null, HttpStatusCode.NotFound);
        return response.IsSuccessStatusCode ? [.. (await response.Content.ReadFromJsonAsync<JsonElement>()).EnumerateArray().Select(IdOf)] : [];
    }

    public async Task<IReadOnlyList<string>> OrganizationsOfAsync(string user) =>
        [.. (await GetAsync($"/organizations/members/{user}/organizations")).EnumerateArray().Select(IdOf)];

    public Task RemoveMemberAsync(string organization, string user) => SendAsync(HttpMethod.Delete, $"/organizations/{organization}/members/{user}", null, HttpStatusCode.NotFound);

    /// <summary>Keys of the applications whose client ids begin like that.</summary>
    public async Task<IReadOnlyList<string>> ClientsAsync(string prefix, int max) =>
        [.. (await GetAsync($"/clients?clientId={Uri.EscapeDataString(prefix)}&search=true&max={max}")).EnumerateArray()
            .Where(client => client.GetProperty("clientId").GetString()!.StartsWith(prefix, StringComparison.Ordinal)).Select(IdOf)];

    /// <summary>Aliases of the identity providers of an organization; none where there is no such organization.</summary>
    public async Task<IReadOnlyList<string>> ProvidersAsync(string organization)
    {
        using var response = await SendAsync(HttpMethod.Get, $"/organizations/{organization}/identity-providers", null, HttpStatusCode.NotFound);
        return response.IsSuccessStatusCode ? [.. (await response.Content.ReadFromJsonAsync<JsonElement>()).EnumerateArray().Select(provider => provider.GetProperty("alias").GetString()!)] : [];
    }

    public Task DeleteProviderAsync(string alias) => SendAsync(HttpMethod.Delete, $"/identity-provider/instances/{alias}", null, HttpStatusCode.NotFound);

    public Task DeleteClientAsync(string key) => SendAsync(HttpMethod.Delete, $"/clients/{key}", null, HttpStatusCode.NotFound);

    /// <summary>Mails a link behind which the person does these things.</summary>
    public Task SendActionsAsync(string user, params string[] actions) =>
        SendAsync(HttpMethod.Put, $"/users/{user}/execute-actions-email?client_id=platform-web&lifespan={LinkLifetime.TotalSeconds:0}", JsonContent.Create(actions));

    private async Task<string?> CreateAsync(string path, object body)
    {
        using var response = await SendAsync(HttpMethod.Post, path, JsonContent.Create(body), HttpStatusCode.Conflict);
        return response.StatusCode == HttpStatusCode.Conflict ? null : response.Headers.Location!.Segments[^1];
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        using var response = await SendAsync(HttpMethod.Get, path, null);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, HttpStatusCode? expected = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(_base + path)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await account.Account.GetTokenAsync(CancellationToken.None));
        var response = await http.SendAsync(request);
        if (response.StatusCode != expected)
            response.EnsureSuccessStatusCode();
        return response;
    }

    private static string IdOf(JsonElement document) => document.GetProperty("id").GetString()!;
}
