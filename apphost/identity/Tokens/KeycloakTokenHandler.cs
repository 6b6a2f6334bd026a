using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Platform.Identity.Tokens;

/// <summary>
/// Writes tokens in Keycloak's shape: the kind of a token is its <c>typ</c> claim ("Bearer", "ID") and not its header, its entry in
/// the database is its <c>jti</c>, and OpenIddict's private claims stay private.
/// </summary>
internal sealed class KeycloakTokenHandler : JsonWebTokenHandler
{
    private const string AccessTokenHeader = "at+jwt";
    private const string GenericHeader = "JWT";
    private const string PrivatePrefix = "oi_";
    private const string TokenEntry = "oi_tkn_id";

    public override string CreateToken(SecurityTokenDescriptor tokenDescriptor)
    {
        var kind = tokenDescriptor.TokenType switch { AccessTokenHeader => "Bearer", GenericHeader => "ID", _ => null };
        if (kind is not null) Reshape(tokenDescriptor, kind);
        return base.CreateToken(tokenDescriptor);
    }

    /// <summary>Tells OpenIddict what it wrote itself, whose own types it expects.</summary>
    public static TypeValidator Recognize(TypeValidator inner) => (type, token, parameters) =>
        inner(KindOf(type, (JsonWebToken)token), token, parameters);

    private static string KindOf(string type, JsonWebToken token) =>
        type == GenericHeader && token.TryGetPayloadValue("typ", out string kind) && kind == "Bearer" ? AccessTokenHeader : type;

    private static void Reshape(SecurityTokenDescriptor descriptor, string kind)
    {
        var subject = descriptor.Subject;
        descriptor.TokenType = GenericHeader;
        descriptor.Claims["typ"] = kind;
        descriptor.Claims["jti"] = subject.FindFirst(TokenEntry)?.Value ?? Guid.NewGuid().ToString();
        descriptor.Subject = new ClaimsIdentity(subject.Claims.Where(claim => !IsPrivate(claim, subject)), subject.AuthenticationType);
    }

    // Keycloak names the client a second time only in the token of a service account, which has no session.
    private static bool IsPrivate(Claim claim, ClaimsIdentity subject) =>
        claim.Type.StartsWith(PrivatePrefix, StringComparison.Ordinal)
        || (claim.Type == "client_id" && subject.HasClaim(other => other.Type == TokenPrincipal.SessionId));
}
