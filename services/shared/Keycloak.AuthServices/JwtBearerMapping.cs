using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace Keycloak.AuthServices.Authentication;

/// <summary>Keycloak's options in the words of ASP.NET Core's bearer authentication.</summary>
internal static class JwtBearerMapping
{
    public static void Apply(KeycloakAuthenticationOptions keycloak, JwtBearerOptions bearer)
    {
        MapAuthority(keycloak, bearer);
        var audience = keycloak.Audience ?? keycloak.Resource;
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ClockSkew = keycloak.TokenClockSkew,
            ValidateIssuer = true,
            ValidateAudience = keycloak.VerifyTokenAudience ?? true,
            ValidAudience = audience,
            ValidAudiences = AllAudiences(audience, keycloak.AdditionalAudiences),
            NameClaimType = keycloak.NameClaimType,
            RoleClaimType = keycloak.RoleClaimType,
        };
        bearer.Audience = audience;
        bearer.SaveToken = true;
        bearer.Events ??= new JwtBearerEvents();
    }

    private static void MapAuthority(KeycloakAuthenticationOptions keycloak, JwtBearerOptions bearer)
    {
        bearer.RequireHttpsMetadata = string.IsNullOrWhiteSpace(keycloak.SslRequired)
            || keycloak.SslRequired.Equals("external", StringComparison.OrdinalIgnoreCase);
        // Without an address the authority stays what Authentication:Schemes says.
        if (string.IsNullOrWhiteSpace(keycloak.KeycloakUrlRealm)) return;
        bearer.Authority = keycloak.KeycloakUrlRealm;
        if (!string.IsNullOrWhiteSpace(keycloak.MetadataAddress))
            bearer.MetadataAddress = keycloak.KeycloakUrlRealm + keycloak.MetadataAddress;
    }

    private static string[]? AllAudiences(string? audience, string[]? additional) =>
        additional is not { Length: > 0 } ? null : audience is null ? additional : [audience, .. additional];
}
