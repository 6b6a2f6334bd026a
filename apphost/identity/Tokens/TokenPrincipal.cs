using System.Security.Claims;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Platform.Identity.Tokens;

/// <summary>The principals that OpenIddict turns into codes and tokens.</summary>
internal static class TokenPrincipal
{
    public const string SessionId = "sid";

    /// <summary>Kept in codes and refresh tokens, because a token's <c>scope</c> claim does not name every scope.</summary>
    public const string RequestedScope = "requested_scope";

    private static readonly string[] AccessToken = [Destinations.AccessToken];
    private static readonly string[] IdentityToken = [Destinations.IdentityToken];
    private static readonly string[] BothTokens = [Destinations.AccessToken, Destinations.IdentityToken];

    /// <summary>What a code holds: who signed in where. Its claims are looked up when the code is exchanged.</summary>
    public static ClaimsPrincipal ForCode(string userId, string sessionId, GrantedScopes scopes) =>
        new(Identity(userId, sessionId, scopes));

    /// <summary>What access and identity tokens say.</summary>
    public static ClaimsPrincipal ForTokens(ClaimSource source, string? sessionId)
    {
        var claims = ProtocolMappers.Map(source);
        var identity = Identity(source.User.Id, sessionId, source.Scopes);
        foreach (var (name, value) in claims.AccessToken)
            Add(identity, name, value, claims.IdentityToken.ContainsKey(name) ? BothTokens : AccessToken);
        foreach (var (name, value) in claims.IdentityToken.Where(claim => !claims.AccessToken.ContainsKey(claim.Key)))
            Add(identity, name, value, IdentityToken);
        Add(identity, Claims.AuthorizedParty, source.Client.Id, BothTokens);
        Add(identity, SessionId, sessionId, BothTokens);
        var principal = new ClaimsPrincipal(identity);
        principal.SetResources(claims.Audiences);
        return principal;
    }

    private static ClaimsIdentity Identity(string userId, string? sessionId, GrantedScopes scopes)
    {
        var identity = new ClaimsIdentity("Platform.Identity", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, userId);
        identity.SetClaim(SessionId, sessionId);
        identity.SetClaim(RequestedScope, scopes.Requested);
        identity.SetScopes(scopes.Names.Order(StringComparer.Ordinal));
        return identity;
    }

    private static void Add(ClaimsIdentity identity, string name, JsonNode? value, IEnumerable<string> destinations)
    {
        if (value is null) return;
        // OpenIddict would make a claim of each element, and a string of a single one.
        if (value is JsonArray array) identity.AddClaim(new Claim(name, array.ToJsonString(), JsonClaimValueTypes.JsonArray));
        else identity.SetClaim(name, value);
        foreach (var claim in identity.FindAll(name)) claim.SetDestinations(destinations);
    }
}
