using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Platform.Gateway.Sessions.Storage;

namespace Platform.Gateway.Sessions.SignIn;

/// <summary>Checks logout tokens as section 2.6 of OpenID Connect Back-Channel Logout 1.0 asks.</summary>
internal sealed class LogoutTokens(
    IOptionsMonitor<OpenIdConnectOptions> openIdConnect, IOptions<SessionOptions> options, SealedState state, TimeProvider time)
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";

    private static readonly string[] Types = ["logout+jwt", "JWT"];

    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <summary>What the token says, or why it says nothing.</summary>
    public async Task<(LogoutToken? Token, string? Refusal)> ValidateAsync(string? text, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(text))
            return (null, "There is no logout_token.");
        var result = await CheckSignatureAsync(text, cancellationToken);
        return result.IsValid
            ? Check((JsonWebToken)result.SecurityToken)
            : (null, "The token is not signed by the identity server, not for this client, or out of date.");
    }

    /// <summary>Whether the same token was followed before.</summary>
    public async Task<bool> IsSeenAsync(LogoutToken token, CancellationToken cancellationToken) =>
        (await state.GetAsync(KeyOf(token), SessionJson.Default.SeenToken, cancellationToken)).Version is not null;

    /// <summary>Notes that the token was followed, for as long as it could come again.</summary>
    public Task RememberAsync(LogoutToken token, CancellationToken cancellationToken) =>
        state.TrySaveAsync(KeyOf(token), new SeenToken(time.GetUtcNow()), null, MaxAge + Skew + Skew, SessionJson.Default.SeenToken, cancellationToken);

    private async Task<TokenValidationResult> CheckSignatureAsync(string text, CancellationToken cancellationToken)
    {
        var manager = openIdConnect.Get(SessionSetup.SignInScheme).ConfigurationManager!;
        var result = await CheckSignatureOnceAsync();
        if (result.Exception is not SecurityTokenSignatureKeyNotFoundException)
            return result;
        // The identity server may have changed its keys since they were read.
        manager.RequestRefresh();
        return await CheckSignatureOnceAsync();

        async Task<TokenValidationResult> CheckSignatureOnceAsync()
        {
            var configuration = await manager.GetConfigurationAsync(cancellationToken);
            return await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(text, new TokenValidationParameters
            {
                ValidIssuer = configuration.Issuer,
                ValidAudience = options.Value.ClientId,
                IssuerSigningKeys = configuration.SigningKeys,
                ValidAlgorithms = Algorithms,
                ValidTypes = Types,
                LifetimeValidator = (_, expires, _, _) => expires + Skew > time.GetUtcNow().UtcDateTime,
            });
        }
    }

    private (LogoutToken? Token, string? Refusal) Check(JsonWebToken token)
    {
        var now = time.GetUtcNow();
        if (token.IssuedAt < now.UtcDateTime - MaxAge || token.IssuedAt > now.UtcDateTime + Skew)
            return (null, "The token was not issued just now.");
        if (!token.TryGetPayloadValue("events", out JsonElement events) || events.ValueKind != JsonValueKind.Object
            || !events.TryGetProperty(Event, out var about) || about.ValueKind != JsonValueKind.Object)
            return (null, "The token is about no logout.");
        if (token.TryGetPayloadValue("nonce", out object _))
            return (null, "A logout token has no nonce.");
        var (person, singleSignOn) = (Text(token, "sub"), Text(token, "sid"));
        return Text(token, "jti") is not { } id ? (null, "The token has no jti.")
            : person is null && singleSignOn is null ? (null, "The token names neither a person nor a session.")
            : (new LogoutToken(id, person, singleSignOn), null);
    }

    private static string? Text(JsonWebToken token, string claim) =>
        token.TryGetPayloadValue(claim, out string value) && value is { Length: > 0 } ? value : null;

    private static string KeyOf(LogoutToken token) =>
        $"logout-token:{Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(token.Id)))}";
}

/// <summary>What a valid logout token says.</summary>
/// <param name="PersonId">The <c>sub</c>; null where only a session is named.</param>
/// <param name="SingleSignOnId">The <c>sid</c>; null where all of the person's sessions are meant.</param>
internal sealed record LogoutToken(string Id, string? PersonId, string? SingleSignOnId);

/// <summary>A logout token that was followed.</summary>
internal sealed record SeenToken(DateTimeOffset Time);
