using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Platform.Testing;

/// <summary>Issues tokens as the identity server does, with a key of the test run.</summary>
public static class TestTokens
{
    public const string Issuer = "http://identity.test/realms/platform";
    public const string Audience = "platform-api";

    private static readonly RSA Rsa = RSA.Create(2048);

    public static RsaSecurityKey Key { get; } = new(Rsa) { KeyId = "test" };

    /// <summary>The key behind <see cref="Key"/>, for tokens that are made by hand.</summary>
    internal static RSA PrivateKey => Rsa;

    /// <summary>What everybody may know of it.</summary>
    internal static RSA PublicKey { get; } = RSA.Create(Rsa.ExportParameters(includePrivateParameters: false));

    /// <summary>Makes a process accept these tokens, without an identity server to ask for the keys.</summary>
    public static void Trust(JwtBearerOptions options)
    {
        var configuration = new OpenIdConnectConfiguration { Issuer = Issuer };
        configuration.SigningKeys.Add(Key);
        options.ConfigurationManager = new StaticConfigurationManager<OpenIdConnectConfiguration>(configuration);
    }

    /// <summary>A person of a tenant. The permissions stand in a claim that only <see cref="TokenAccessSource"/> reads.</summary>
    public static string ForPerson(Guid tenant, Guid user, params string[] permissions) => Create(new Dictionary<string, object>
    {
        ["sub"] = user.ToString(),
        ["preferred_username"] = $"{user}@example.com",
        ["organization"] = new Dictionary<string, object> { ["company"] = new Dictionary<string, object> { ["id"] = tenant.ToString() } },
        [TokenAccessSource.Claim] = permissions,
    });

    /// <summary>A service account, whose permissions are its client roles.</summary>
    public static string ForService(params string[] permissions) => Create(new Dictionary<string, object>
    {
        ["sub"] = Guid.CreateVersion7().ToString(),
        ["client_id"] = "platform-tests",
        ["resource_access"] = new Dictionary<string, object> { [Audience] = new Dictionary<string, object> { ["roles"] = permissions } },
    });

    public static string Create(Dictionary<string, object> claims, string issuer = Issuer, string audience = Audience, DateTime? expires = null, SecurityKey? key = null) =>
        new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            Claims = claims,
            NotBefore = DateTime.UtcNow.AddHours(-2),
            Expires = expires ?? DateTime.UtcNow.AddMinutes(5),
            SigningCredentials = new SigningCredentials(key ?? Key, SecurityAlgorithms.RsaSha256),
        });
}
