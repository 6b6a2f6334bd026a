using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace Platform.Testing;

/// <summary>A token that must be refused.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="Token">The token.</param>
/// <param name="StoppedBy">What stops it.</param>
public sealed record ForgedToken(string Name, string Token, string StoppedBy);

/// <summary>The attack corpus of tokens: each is that of an administrator but for one thing.</summary>
public static class ForgedTokens
{
    private static readonly RSA Stolen = RSA.Create(2048);

    /// <summary>All of them, for a person whom the platform knows.</summary>
    /// <param name="tenant">The person's tenant.</param>
    /// <param name="user">The person.</param>
    /// <param name="victim">Another tenant, which the edited tokens name.</param>
    /// <param name="lure">An address that nobody must be made to fetch.</param>
    public static IReadOnlyList<ForgedToken> All(Guid tenant, Guid user, Guid victim, Uri lure)
    {
        var good = TestTokens.ForPerson(tenant, user);
        var claims = Claims(tenant, user);
        var edited = Claims(victim, user);
        var publicKey = TestTokens.PublicKey;
        return
        [
            new("expired", Sign(Header(), With(claims, "exp", Now(-400))), "ValidateLifetime"),
            new("expired in this second", Sign(Header(), With(claims, "exp", Now(-1))), "ClockSkew is zero"),
            new("not yet valid", Sign(Header(), With(claims, "nbf", Now(300))), "ValidateLifetime"),
            new("without an end", Sign(Header(), With(claims, "exp", null)), "RequireExpirationTime"),
            new("of the year 10000", Sign(Header(), With(With(claims, "nbf", 253402300800), "exp", 253402300900)), "ValidateLifetime"),
            new("with alg none", Text(Header("none"), claims, ""), "RequireSignedTokens"),
            new("with alg None", Text(Header("None"), claims, ""), "RequireSignedTokens"),
            new("with alg nOnE and a signature", Text(Header("nOnE"), claims, "AAAA"), "ValidAlgorithms"),
            new("without a signature", $"{good[..good.LastIndexOf('.')]}.", "RequireSignedTokens"),
            new("without a third part", good[..good.LastIndexOf('.')], "the form of a token"),
            new("with the signature of another", $"{good[..good.LastIndexOf('.')]}.{Sign(Header(), edited).Split('.')[2]}", "the signature"),
            new("cut", good[..^7], "the signature"),
            new("edited to another tenant", $"{good.Split('.')[0]}.{Base64(edited.ToJsonString())}.{good.Split('.')[2]}", "the signature"),
            new("HS256 with the public key as text", Hmac(Header("HS256"), claims, Encoding.UTF8.GetBytes(publicKey.ExportSubjectPublicKeyInfoPem())), "ValidAlgorithms"),
            new("HS256 with the public key as bytes", Hmac(Header("HS256"), claims, publicKey.ExportSubjectPublicKeyInfo()), "ValidAlgorithms"),
            new("HS256 with the modulus", Hmac(Header("HS256"), claims, publicKey.ExportParameters(false).Modulus!), "ValidAlgorithms"),
            new("HS512 with nothing", Hmac(Header("HS512"), claims, []), "ValidAlgorithms"),
            new("another key under our key's name", Sign(Header(), claims, Stolen), "the signature"),
            new("another key under its own name", Sign(Header(kid: "stolen"), claims, Stolen), "TryAllIssuerSigningKeys is off"),
            new("our key under an unknown name", Sign(Header(kid: "unknown"), claims), "TryAllIssuerSigningKeys is off"),
            new("our key without a name", Sign(Header(kid: null), claims), "TryAllIssuerSigningKeys is off"),
            new("a path for a name", Hmac(Header("HS256", "../../../../dev/null"), claims, []), "names are looked up in the realm's keys only"),
            new("a query for a name", Hmac(Header("HS256", "x' UNION SELECT 'a"), claims, "a"u8.ToArray()), "names are looked up in the realm's keys only"),
            new("a key at an address (jku)", Sign(Header(kid: "stolen", extra: ("jku", $"{lure}")), claims, Stolen), "jku is not read"),
            new("a certificate at an address (x5u)", Sign(Header(kid: "stolen", extra: ("x5u", $"{lure}")), claims, Stolen), "x5u is not read"),
            new("a key within (jwk)", Sign(Header(kid: "stolen", extra: ("jwk", Jwk())), claims, Stolen), "jwk is not read"),
            new("an extension that must be understood", Sign(Header(extra: ("crit", new JsonArray("exp2"))), With(claims, "exp", Now(-400))), "ValidateLifetime"),
            new("for the account page", Sign(Header(), With(claims, "aud", "account")), "ValidateAudience"),
            new("for a client", Sign(Header(), With(claims, "aud", "platform-web")), "ValidateAudience"),
            new("for nobody", Sign(Header(), With(claims, "aud", null)), "ValidateAudience"),
            new("of another realm", Sign(Header(), With(claims, "iss", "http://identity.test/realms/master")), "ValidateIssuer"),
            new("of a realm whose name begins alike", Sign(Header(), With(claims, "iss", TestTokens.Issuer + "2")), "ValidateIssuer"),
            new("of our realm at another server", Sign(Header(), With(claims, "iss", "http://identity.evil/realms/platform")), "ValidateIssuer"),
            new("of no issuer", Sign(Header(), With(claims, "iss", null)), "ValidateIssuer"),
            new("encrypted to nobody", $"{good}.AAAA.AAAA", "the form of a token"),
            new("no token", "null", "the form of a token"),
            new("only dots", "..", "the form of a token"),
        ];
    }

    private static JsonObject Claims(Guid tenant, Guid user) => new()
    {
        ["iss"] = TestTokens.Issuer,
        ["aud"] = TestTokens.Audience,
        ["sub"] = $"{user}",
        ["organization"] = new JsonObject { ["company"] = new JsonObject { ["id"] = $"{tenant}" } },
        ["nbf"] = Now(-60),
        ["exp"] = Now(300),
    };

    private static JsonObject Header(string algorithm = "RS256", string? kid = "test", (string Name, JsonNode Value)? extra = null)
    {
        var header = new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT" };
        if (kid is not null)
            header["kid"] = kid;
        if (extra is { } more)
            header[more.Name] = more.Value;
        return header;
    }

    private static JsonObject With(JsonObject claims, string name, JsonNode? value)
    {
        var changed = claims.DeepClone().AsObject();
        changed.Remove(name);
        if (value is not null)
            changed[name] = value;
        return changed;
    }

    private static JsonObject Jwk()
    {
        var parameters = Stolen.ExportParameters(false);
        return new JsonObject { ["kty"] = "RSA", ["kid"] = "stolen", ["n"] = Base64UrlEncoder.Encode(parameters.Modulus), ["e"] = Base64UrlEncoder.Encode(parameters.Exponent) };
    }

    private static string Sign(JsonObject header, JsonObject claims, RSA? key = null)
    {
        var text = $"{Base64(header.ToJsonString())}.{Base64(claims.ToJsonString())}";
        return $"{text}.{Base64UrlEncoder.Encode((key ?? TestTokens.PrivateKey).SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Hmac(JsonObject header, JsonObject claims, byte[] secret)
    {
        var text = $"{Base64(header.ToJsonString())}.{Base64(claims.ToJsonString())}";
        var bytes = Encoding.ASCII.GetBytes(text);
        return $"{text}.{Base64UrlEncoder.Encode((string?)header["alg"] == "HS512" ? HMACSHA512.HashData(secret, bytes) : HMACSHA256.HashData(secret, bytes))}";
    }

    private static string Text(JsonObject header, JsonObject claims, string signature) => $"{Base64(header.ToJsonString())}.{Base64(claims.ToJsonString())}.{signature}";

    private static string Base64(string text) => Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(text));

    private static long Now(int seconds) => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + seconds;
}
