using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Platform.Identity.Hosting;
using Platform.Identity.Realms;
using Platform.Identity.Tokens;

namespace Platform.Identity.Sessions;

/// <summary>The logout token of OpenID Connect Back-Channel Logout 1.0, with Keycloak's <c>typ</c>.</summary>
internal sealed class LogoutToken(RealmAddresses addresses, TokenKeys keys, TimeProvider time)
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    public string Write(LogoutNotice notice, RealmClient client)
    {
        var now = time.GetUtcNow();
        var claims = new Dictionary<string, object>
        {
            ["iss"] = addresses.Issuer.ToString(),
            ["aud"] = client.Id,
            ["sub"] = notice.UserId,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + Lifetime).ToUnixTimeSeconds(),
            // The same at each attempt, so that a client may refuse what it has seen.
            ["jti"] = notice.Id.ToString(),
            ["typ"] = "Logout",
            ["events"] = new Dictionary<string, object> { [Event] = new Dictionary<string, object>() },
        };
        if (client.BackChannelNamesSession) claims["sid"] = notice.SessionId.ToString();
        var handler = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
        return handler.CreateToken(
            JsonSerializer.Serialize(claims),
            new SigningCredentials(keys.Signing, SecurityAlgorithms.RsaSha256),
            new Dictionary<string, object> { ["typ"] = "logout+jwt" });
    }
}
