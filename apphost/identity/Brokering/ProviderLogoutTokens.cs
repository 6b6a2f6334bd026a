using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Platform.Identity.Realms;

namespace Platform.Identity.Brokering;

/// <summary>Somebody has signed out at these providers.</summary>
/// <param name="Aliases">Whose word it is: providers of one issuer that know us by one name.</param>
/// <param name="Subject">Whom they mean; null where a session alone is named.</param>
/// <param name="Session">Which session of theirs; null where all of the person's are meant.</param>
/// <param name="Until">Until when the same token could come again.</param>
internal sealed record ProviderLogout(string Id, IReadOnlyList<string> Aliases, string? Subject, string? Session, DateTimeOffset Until);

/// <summary>
/// Checks what a provider says of a sign-out, as section 2.6 of OpenID Connect Back-Channel Logout 1.0 asks. Who said it is found by issuer
/// and audience, and believed by the signature, always: a provider speaks of its own sessions and of nobody else's.
/// </summary>
internal sealed class ProviderLogoutTokens(Realm realm, ProviderKeys keys, TimeProvider time)
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";
    private const int MaxLength = 16 * 1024;

    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = MaxLength };

    /// <summary>What the token says, or why it says nothing.</summary>
    public async Task<(ProviderLogout? Said, string? Refusal)> ReadAsync(string text)
    {
        if (text.Length is 0 or > MaxLength || Parse(text) is not { } token) return (null, "There is no logout_token.");
        if (Refuse(token) is { } refusal) return (null, refusal);
        var providers = realm.AllProviders.Where(provider => provider is { Enabled: true, IsSaml: false, ClientId: { } client } && provider.Issuer == token.Issuer && token.Audiences.Contains(client)).ToList();
        if (providers.Count == 0) return (null, "No identity provider is known by this issuer and audience.");
        var aliases = new List<string>();
        foreach (var provider in providers)
            if (await IsSignedByAsync(provider, text)) aliases.Add(provider.Alias);
        return aliases.Count == 0 ? (null, "The token is not signed by the identity provider, or out of date.")
            : (new ProviderLogout(token.Id, aliases, Text(token, "sub"), Text(token, "sid"), token.IssuedAt + MaxAge + Skew), null);
    }

    // All that costs nothing comes first: the rest asks for keys.
    private string? Refuse(JsonWebToken token)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (!token.TryGetPayloadValue("iat", out long _) || token.IssuedAt < now - MaxAge - Skew || token.IssuedAt > now + Skew) return "The token was not issued just now.";
        if (!token.TryGetPayloadValue("events", out JsonElement events) || events.ValueKind != JsonValueKind.Object
            || !events.TryGetProperty(Event, out var about) || about.ValueKind != JsonValueKind.Object) return "The token is about no logout.";
        if (token.TryGetPayloadValue("nonce", out object _)) return "A logout token has no nonce.";
        if (Text(token, "jti") is null) return "The token has no jti.";
        return Text(token, "sub") is null && Text(token, "sid") is null ? "The token names neither a person nor a session." : null;
    }

    private async Task<bool> IsSignedByAsync(IdentityProviderDocument provider, string text)
    {
        var result = await ValidateAsync(provider, text, again: false);
        // The provider may have changed its keys since they were read.
        if (result?.Exception is SecurityTokenSignatureKeyNotFoundException) result = await ValidateAsync(provider, text, again: true);
        return result is { IsValid: true };
    }

    private async Task<TokenValidationResult?> ValidateAsync(IdentityProviderDocument provider, string text, bool again) =>
        await keys.GetAsync(provider.JwksUrl!, again) is not { } known ? null : await Handler.ValidateTokenAsync(text, new TokenValidationParameters
        {
            ValidIssuer = provider.Issuer,
            ValidAudience = provider.ClientId,
            IssuerSigningKeys = known.GetSigningKeys(),
            TryAllIssuerSigningKeys = false,
            ValidAlgorithms = BrokerClient.SignatureAlgorithms,
            // Drafts knew no end of a logout token; that it is from just now is asked of all.
            RequireExpirationTime = false,
            ClockSkew = Skew,
        });

    private static JsonWebToken? Parse(string text)
    {
        try
        {
            return Handler.ReadJsonWebToken(text);
        }
        catch (Exception exception) when (exception is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    private static string? Text(JsonWebToken token, string claim) =>
        token.TryGetPayloadValue(claim, out string value) && value is { Length: > 0 and <= BrokeredIdentity.MaxLength } ? value : null;
}
