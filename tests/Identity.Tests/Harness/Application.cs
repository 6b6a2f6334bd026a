using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Platform.Identity.Tests.Harness;

/// <summary>An OAuth client of the realm.</summary>
internal sealed class Application(string issuer, string clientId, string? secret, string redirectUri) : IDisposable
{
    private readonly HttpClient _http = new();

    public string Verifier { get; } = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));

    public string RedirectUri => redirectUri;

    public static Application Cli(IdentityProcess identity) => new(identity.Issuer, "platform-cli", null, "http://127.0.0.1:45678/callback");

    public static Application Web(IdentityProcess identity) =>
        new(identity.Issuer, "platform-web", IdentityProcess.WebSecret, "http://localhost:8000/signin-oidc");

    public static Application Cli(string issuer) => new(issuer, "platform-cli", null, "http://127.0.0.1:45678/callback");

    public static Application Web(string issuer) => new(issuer, "platform-web", ProviderUnderTest.WebSecret, "http://localhost:8000/signin-oidc");

    /// <summary>The external application, which asks for consent.</summary>
    public static Application Example(string issuer) => new(issuer, "platform-example-app", null, "http://127.0.0.1:45679/callback");

    public static Application Automation(IdentityProcess identity) =>
        new(identity.Issuer, "platform-automation", IdentityProcess.AutomationSecret, "");

    /// <summary>The address to send a browser to; a parameter without a value is left out.</summary>
    public string AuthorizationUrl(params (string Name, string? Value)[] changes)
    {
        var parameters = new Dictionary<string, string?>
        {
            ["client_id"] = clientId,
            ["response_type"] = "code",
            ["redirect_uri"] = redirectUri,
            ["scope"] = "openid",
            ["state"] = "the state",
            ["nonce"] = "the nonce",
            ["code_challenge"] = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
            ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in changes) parameters[name] = value;
        return Url("auth") + new QueryBuilder(parameters.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Key, pair.Value!)));
    }

    public string LogoutUrl(params (string Name, string Value)[] parameters) =>
        Url("logout") + new QueryBuilder(parameters.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));

    public async Task<JsonObject> SignInAsync(Browser browser, string userName, string password = "demo")
    {
        var screen = await browser.SignInAsync(await browser.OpenAsync(AuthorizationUrl()), userName, password);
        return await ExchangeAsync(screen);
    }

    public Task<JsonObject> ExchangeAsync(Screen screen) => TokenAsync(
        ("grant_type", "authorization_code"), ("code", screen.Answer("code") ?? ""), ("redirect_uri", redirectUri), ("code_verifier", Verifier));

    public Task<JsonObject> RefreshAsync(JsonObject tokens) =>
        TokenAsync(("grant_type", "refresh_token"), ("refresh_token", (string)tokens["refresh_token"]!));

    public Task<JsonObject> TokenAsync(params (string Name, string Value)[] parameters) => PostAsync("token", parameters);

    public async Task<JsonObject> PostAsync(string endpoint, params (string Name, string Value)[] parameters)
    {
        var values = parameters.Append(("client_id", clientId)).Concat(secret is null ? [] : [("client_secret", secret)]);
        using var content = new FormUrlEncodedContent(values.Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2)));
        var response = await _http.PostAsync(new Uri(Url(endpoint)), content);
        var body = await response.Content.ReadAsStringAsync();
        return body.Length == 0 ? [] : JsonNode.Parse(body)!.AsObject();
    }

    public async Task<HttpResponseMessage> GetAsync(string url, string accessToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url.StartsWith("http", StringComparison.Ordinal) ? url : Url(url));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        return await _http.SendAsync(request);
    }

    public void Dispose() => _http.Dispose();

    private string Url(string endpoint) => $"{issuer}/protocol/openid-connect/{endpoint}";
}

internal static class Tokens
{
    public static string Access(this JsonObject tokens) =>
        (string?)tokens["access_token"] ?? throw new InvalidOperationException($"There is no access token: {tokens}");

    public static JsonObject Claims(this JsonObject tokens, string token = "access_token")
    {
        var encoded = new JsonWebToken((string?)tokens[token] ?? throw new InvalidOperationException($"There is no {token}: {tokens}"));
        return JsonNode.Parse(Base64UrlEncoder.Decode(encoded.EncodedPayload))!.AsObject();
    }

    public static string? Error(this JsonObject answer) => (string?)answer["error"];
}
