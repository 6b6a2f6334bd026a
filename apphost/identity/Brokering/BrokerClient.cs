using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Platform.Identity.Hosting;
using Platform.Identity.Realms;

namespace Platform.Identity.Brokering;

/// <summary>Speaks OpenID Connect to a provider, as its client: authorization code with proof key and nonce.</summary>
internal sealed partial class BrokerClient(IHttpClientFactory clients, RealmAddresses addresses, ProviderTokenSeal tokens, ILogger<BrokerClient> logger)
{
    public const string HttpClient = "broker";
    public const int MaxAnswerBytes = 256 * 1024;

    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    public static readonly string[] SignatureAlgorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    /// <summary>Where the browser goes to sign in.</summary>
    public string Authorization(IdentityProviderDocument provider, BrokerState state, string? loginHint)
    {
        var parameters = new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = provider.ClientId,
            ["redirect_uri"] = addresses.BrokerEndpoint(provider.Alias),
            ["scope"] = provider.Scope.Split(' ').Contains("openid") ? provider.Scope : $"openid {provider.Scope}",
            ["state"] = state.Id,
            ["nonce"] = state.Nonce,
            ["code_challenge"] = state.Challenge,
            ["code_challenge_method"] = "S256",
            ["login_hint"] = loginHint,
        };
        return QueryHelpers.AddQueryString(provider.AuthorizationUrl!, parameters.Where(parameter => !string.IsNullOrEmpty(parameter.Value)));
    }

    /// <summary>Trades the code for the person's identity; null when the provider does not answer as it must.</summary>
    public async Task<BrokeredIdentity?> RedeemAsync(IdentityProviderDocument provider, BrokerState state, string code, CancellationToken cancellationToken)
    {
        try
        {
            using var http = clients.CreateClient(HttpClient);
            var token = await ExchangeAsync(http, provider, state, code, cancellationToken);
            var keys = new JsonWebKeySet(await http.GetStringAsync(new Uri(provider.JwksUrl!), cancellationToken));
            return await ValidateAsync(provider, state, token, keys);
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or ArgumentException or KeyNotFoundException or InvalidOperationException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogFailed(logger, provider.Alias, exception.Message);
            return null;
        }
    }

    private async Task<string> ExchangeAsync(HttpClient http, IdentityProviderDocument provider, BrokerState state, string code, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = addresses.BrokerEndpoint(provider.Alias),
            ["client_id"] = provider.ClientId!,
            ["code_verifier"] = state.Verifier,
        };
        if (provider.ClientSecret is { } secret) fields["client_secret"] = secret;
        using var form = new FormUrlEncodedContent(fields);
        using var response = await http.PostAsync(new Uri(provider.TokenUrl!), form, cancellationToken);
        response.EnsureSuccessStatusCode();
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        return answer.RootElement.GetProperty("id_token").GetString() ?? throw new JsonException("There is no ID token.");
    }

    private async Task<BrokeredIdentity?> ValidateAsync(IdentityProviderDocument provider, BrokerState state, string token, JsonWebKeySet keys)
    {
        var result = await Handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = provider.Issuer,
            ValidAudience = provider.ClientId,
            IssuerSigningKeys = keys.GetSigningKeys(),
            TryAllIssuerSigningKeys = false,
            ValidAlgorithms = SignatureAlgorithms,
            RequireExpirationTime = true,
            ClockSkew = ClockSkew,
        });
        if (result is not { IsValid: true, SecurityToken: JsonWebToken identity }) return Refuse(provider, result.Exception?.GetType().Name ?? "no token");
        if (!identity.TryGetPayloadValue("nonce", out string nonce) || nonce != state.Nonce) return Refuse(provider, "nonce");
        // A token for several clients says which of them asked (OpenID Connect Core §3.1.3.7).
        if (identity.Audiences.Skip(1).Any() && identity.Azp != provider.ClientId) return Refuse(provider, "azp");
        return string.IsNullOrEmpty(identity.Subject) ? Refuse(provider, "sub") : BrokeredIdentity.Read(provider.Alias, identity) with { Session = SessionOf(provider, identity, token) };
    }

    // What is too long to be kept is nothing that the provider's word could be compared with.
    private BrokeredSession? SessionOf(IdentityProviderDocument provider, JsonWebToken identity, string token)
    {
        var session = identity.TryGetPayloadValue("sid", out string sid) && sid.Length > 0 ? sid : null;
        return identity.Subject.Length > BrokeredIdentity.MaxLength || session?.Length > BrokeredIdentity.MaxLength ? null
            : new(provider.Alias, identity.Subject, null, null, null, session) { Token = provider.LogoutUrl is not null && provider.IsShownItsToken ? tokens.Seal(token) : null };
    }

    private BrokeredIdentity? Refuse(IdentityProviderDocument provider, string reason)
    {
        LogRefused(logger, provider.Alias, reason);
        return null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The provider {Alias} could not be asked: {Reason}")]
    private static partial void LogFailed(ILogger logger, string alias, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An ID token of the provider {Alias} was refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, string alias, string reason);
}
