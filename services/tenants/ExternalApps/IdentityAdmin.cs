using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Errors;
using Platform.Invocation;

namespace Platform.Tenants.ExternalApps;

/// <summary>
/// The admin API of the identity server, called with an account that may manage clients, identity providers and organizations, and
/// read people. Settings: <c>Applications:ClientId</c>, <c>Applications:Secret</c>.
/// </summary>
internal sealed class IdentityAdmin(HttpClient http, ApplicationsAccount account, IConfiguration configuration)
{
    private static readonly Error Unavailable =
        new(Google.Rpc.Code.Unavailable, "IDENTITY_UNAVAILABLE", "The identity server did not do it: nothing has changed, try again in a moment.");

    private readonly string _server = $"{(configuration["Keycloak:auth-server-url"] ?? configuration["Keycloak:AuthServerUrl"])?.TrimEnd('/')}";
    private readonly string _realm = $"realms/{configuration["Keycloak:realm"] ?? configuration["Keycloak:Realm"]}";

    /// <summary>The realm's address for browsers.</summary>
    public string RealmUrl => $"{_server}/{_realm}";

    /// <summary>What the work gives, or that the identity server is away or refused.</summary>
    public async Task<Result<string>> TryAsync(Func<Task<string>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (IsAway(exception, cancellationToken))
        {
            return Unavailable;
        }
    }

    /// <summary>Whether the identity server failed, and not the caller gave up.</summary>
    public static bool IsAway(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, path, null, cancellationToken);
        return await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }

    /// <summary>The answer, which is a success or has the status that is expected as well. A body that is no content yet is sent as JSON.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken, HttpStatusCode? expected = null)
    {
        using var request = new HttpRequestMessage(method, new Uri($"{_server}/admin/{_realm}{path}")) { Content = body switch { null => null, HttpContent content => content, _ => JsonContent.Create(body) } };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await account.Account.GetTokenAsync(cancellationToken));
        var response = await http.SendAsync(request, cancellationToken);
        if (response.StatusCode != expected)
            response.EnsureSuccessStatusCode();
        return response;
    }
}

/// <summary>The account with which clients are managed; it has no permission on the platform.</summary>
internal sealed record ApplicationsAccount(ServiceAccount Account);
