using System.Text.Json;
using static Platform.Languages.Wording;

namespace Platform.Tenants.IdentityProviders;

/// <summary>
/// Asks a company's OpenID Connect server what it says of itself, as signing in there will. The server is somebody's choice: it
/// is called at public addresses alone, without redirects, and nothing of what it answers is passed on.
/// </summary>
internal sealed class ProviderProbe(IHttpClientFactory clients, ProviderAddress addresses)
{
    public const int MaxAnswerBytes = 256 * 1024;
    private const string Discovery = "/.well-known/openid-configuration";

    /// <summary>What is wrong, in sentences.</summary>
    public async Task<IReadOnlyList<string>> ExamineAsync(V1.OidcSettings oidc, CancellationToken cancellationToken)
    {
        if (new[] { oidc.Issuer, oidc.JwksUrl }.Any(address => addresses.Refuse(address) is not null))
            return ["Its addresses are not public ones any more: correct them."];
        var problems = new List<string>();
        if (await ReadAsync(oidc.Issuer.TrimEnd('/') + Discovery, cancellationToken) is not { } description)
            problems.Add(Say($"Its description at {Discovery} below the issuer cannot be read: check the issuer, or whether the server is reachable from outside."));
        else
            problems.AddRange(Compare(description, [("issuer", oidc.Issuer), ("authorization_endpoint", oidc.AuthorizationUrl), ("token_endpoint", oidc.TokenUrl), ("jwks_uri", oidc.JwksUrl),
                .. oidc.EndSessionUrl.Length == 0 ? Array.Empty<(string, string)>() : [("end_session_endpoint", oidc.EndSessionUrl)]]));
        if (await ReadAsync(oidc.JwksUrl, cancellationToken) is not { } keys || !keys.TryGetProperty("keys", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
            problems.Add("There are no keys at its jwksUrl: nobody's sign-in could be checked.");
        return problems;
    }

    private static IEnumerable<string> Compare(JsonElement description, params (string Name, string Configured)[] fields) => fields
        .Where(field => !description.TryGetProperty(field.Name, out var value) || value.ValueKind != JsonValueKind.String || value.GetString() != field.Configured)
        .Select(field => Say($"Its description says another {field.Name} than the settings: read it there and correct it."));

    private async Task<JsonElement?> ReadAsync(string address, CancellationToken cancellationToken)
    {
        try
        {
            using var http = clients.CreateClient(nameof(ProviderProbe));
            using var document = JsonDocument.Parse(await http.GetStringAsync(new Uri(address), cancellationToken));
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}
