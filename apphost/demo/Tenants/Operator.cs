using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Platform.Demo.Tenants;

/// <summary>The service account of who runs the platform. Short names of companies are aliases of organizations, which provisioning may list.</summary>
internal sealed class Operator(Uri identity, CancellationToken cancellationToken)
{
    private const int Page = 100;

    /// <summary>A token that may move tenants.</summary>
    public Task<string> GetTokenAsync() => GetTokenAsync("platform-operator", "PLATFORM_OPERATOR_SECRET");

    /// <summary>The company with this id or short name; null where there is none.</summary>
    public async Task<Guid?> FindAsync(string tenant)
    {
        using var http = new HttpClient { BaseAddress = identity };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await GetTokenAsync("platform-provisioning", "PLATFORM_PROVISIONING_SECRET"));
        for (var first = 0; ; first += Page)
        {
            var organizations = await http.GetFromJsonAsync<Organization[]>(
                new Uri($"/admin/realms/platform/organizations?first={first}&max={Page}", UriKind.Relative), JsonSerializerOptions.Web, cancellationToken) ?? [];
            if (organizations.FirstOrDefault(organization => organization.Alias == tenant || organization.Id == tenant) is { } found)
                return Guid.Parse(found.Id);
            if (organizations.Length < Page)
                return null;
        }
    }

    private async Task<string> GetTokenAsync(string client, string variable)
    {
        using var http = new HttpClient { BaseAddress = identity };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = client,
            ["client_secret"] = Environment.GetEnvironmentVariable(variable) ?? throw new DemoFailedException($"Set {variable}: the secret of the client '{client}'."),
        });
        using var response = await http.PostAsync(new Uri("/realms/platform/protocol/openid-connect/token", UriKind.Relative), form, cancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return answer.TryGetProperty("access_token", out var token) ? token.GetString()! : throw new DemoFailedException($"The identity server gave '{client}' no token: {answer}");
    }

    private sealed record Organization(string Id, string? Alias);
}
