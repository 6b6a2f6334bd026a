using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Platform.Identity.Realms;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Platform.Identity.Tokens;

/// <summary>The user info endpoint: the claims that the realm's mappers put there.</summary>
internal static class UserInfoEndpoint
{
    public static async Task<IResult> Handle(HttpContext http, Realm realm)
    {
        var token = (await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal!;
        if (!token.HasScope(GrantedScopes.OpenId))
            return OAuthError.Of(Errors.InsufficientScope, "The token lacks the openid scope.");
        if (realm.FindUser(token.FindFirstValue(Claims.Subject)) is not { } user
            || realm.FindClient(token.FindFirstValue(Claims.AuthorizedParty)) is not { } client
            || GrantedScopes.Resolve(client, string.Join(' ', token.GetScopes())) is not { } scopes)
            return OAuthError.Of(Errors.InvalidToken, "The user or the client of the token is gone.");
        var claims = ProtocolMappers.Map(new ClaimSource(realm, client, user, scopes, new Dictionary<string, string>())).UserInfo;
        claims[Claims.Subject] = user.Id;
        return Results.Text(claims.ToJsonString(), "application/json");
    }
}
