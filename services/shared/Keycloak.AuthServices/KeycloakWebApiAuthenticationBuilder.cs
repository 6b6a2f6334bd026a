using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Keycloak.AuthServices.Authentication;

/// <summary>Goes on configuring an API that accepts Keycloak's access tokens.</summary>
public class KeycloakWebApiAuthenticationBuilder : KeycloakBaseAuthenticationBuilder
{
    internal KeycloakWebApiAuthenticationBuilder(
        IServiceCollection services,
        string jwtBearerAuthenticationScheme,
        IConfigurationSection? configurationSection)
        : base(services, configurationSection) => JwtBearerAuthenticationScheme = jwtBearerAuthenticationScheme;

    /// <summary>The scheme that validates the tokens.</summary>
    public string JwtBearerAuthenticationScheme { get; set; }
}
