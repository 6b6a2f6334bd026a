using System.Net.Http.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;

namespace Platform.Invocation;

/// <summary>
/// The token of this service's own account (OAuth 2.0 client credentials), for work that no person asked for just now. Settings:
/// <c>ServiceAccount:ClientId</c>, <c>ServiceAccount:Secret</c>; the token endpoint is that of the Keycloak realm.
/// </summary>
/// <param name="http">Reaches the identity server.</param>
/// <param name="configuration">The settings.</param>
/// <param name="time">The clock.</param>
/// <param name="section">Where the account's settings are; another one for an account that a service has beside its own.</param>
public sealed class ServiceAccount(HttpClient http, IConfiguration configuration, TimeProvider time, string section = "ServiceAccount") : IDisposable
{
    private static readonly TimeSpan EarlyRenewal = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim _renewal = new(1, 1);
    private (string Token, DateTimeOffset RenewTime)? _current;

    /// <summary>A token that is valid for at least 30 more seconds.</summary>
    /// <exception cref="InvalidOperationException">The service has no account.</exception>
    /// <exception cref="HttpRequestException">The identity server is unreachable or refused.</exception>
    public async ValueTask<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        if (_current is { } fresh && fresh.RenewTime > time.GetUtcNow())
            return fresh.Token;
        await _renewal.WaitAsync(cancellationToken);
        try
        {
            if (_current is { } renewed && renewed.RenewTime > time.GetUtcNow())
                return renewed.Token;
            var answer = await RequestAsync(cancellationToken);
            _current = (answer.AccessToken, time.GetUtcNow() + TimeSpan.FromSeconds(answer.ExpiresIn) - EarlyRenewal);
            return answer.AccessToken;
        }
        finally
        {
            _renewal.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _renewal.Dispose();

    private async Task<TokenAnswer> RequestAsync(CancellationToken cancellationToken)
    {
        var server = configuration["Keycloak:auth-server-url"] ?? configuration["Keycloak:AuthServerUrl"];
        var realm = configuration["Keycloak:realm"] ?? configuration["Keycloak:Realm"];
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = Setting($"{section}:ClientId"),
            ["client_secret"] = Setting($"{section}:Secret"),
        });
        using var response = await http.PostAsync(new Uri($"{server!.TrimEnd('/')}/realms/{realm}/protocol/openid-connect/token"), form, cancellationToken);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<TokenAnswer>(cancellationToken))!;
    }

    private string Setting(string name) =>
        configuration[name] is { Length: > 0 } value ? value : throw new InvalidOperationException($"Set {name}: this service calls others on its own behalf.");

    private sealed record TokenAnswer([property: JsonPropertyName("access_token")] string AccessToken, [property: JsonPropertyName("expires_in")] int ExpiresIn);
}
