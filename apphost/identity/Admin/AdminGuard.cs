using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using Platform.Identity.Hosting;
using Platform.Identity.Realms;
using Platform.Identity.Tokens;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Platform.Identity.Admin;

/// <summary>Lets a caller in whose access token holds one of the roles of the realm's management, which are looked up as they are now.</summary>
internal sealed class AdminGuard(Realm realm, RealmAddresses addresses, TokenKeys keys, IOpenIddictTokenManager tokens)
{
    /// <summary>The client in Keycloak whose roles these are.</summary>
    public const string Management = "realm-management";

    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    /// <summary>401 or 403 in Keycloak's words, or null for a caller with one of the roles.</summary>
    public async Task<IResult?> RefuseAsync(HttpContext http, params string[] roles)
    {
        if (await UserAsync(http) is not { } user)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return Results.Json(new AdminError("HTTP 401 Unauthorized"), AdminJson.Default.AdminError, statusCode: StatusCodes.Status401Unauthorized);
        }
        return user.Roles.Clients.TryGetValue(Management, out var held) && (held.Contains("realm-admin") || roles.Any(held.Contains))
            ? null
            : Results.Json(new AdminError("HTTP 403 Forbidden"), AdminJson.Default.AdminError, statusCode: StatusCodes.Status403Forbidden);
    }

    private async Task<RealmUser?> UserAsync(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return null;
        var result = await Handler.ValidateTokenAsync(header[7..], new TokenValidationParameters
        {
            ValidIssuer = addresses.Issuer.ToString(),
            IssuerSigningKey = keys.Signing,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            // As in Keycloak, whose admin API takes any access token of the realm and asks the roles.
            ValidateAudience = false,
            ClockSkew = TimeSpan.Zero,
        });
        if (!result.IsValid || result.SecurityToken is not JsonWebToken token) return null;
        if (!token.TryGetPayloadValue("typ", out string kind) || kind != "Bearer") return null;
        if (await tokens.FindByIdAsync(token.Id, http.RequestAborted) is not { } entry) return null;
        return await tokens.HasStatusAsync(entry, Statuses.Valid, http.RequestAborted) ? realm.FindUser(token.Subject) : null;
    }
}
