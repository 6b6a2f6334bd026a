using Keycloak.AuthServices.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Makes Keycloak's access tokens the default authentication of an API.</summary>
public static class KeycloakWebApiServiceCollectionExtensions
{
    /// <summary>Reads the options from the named section.</summary>
    public static KeycloakWebApiAuthenticationBuilder AddKeycloakWebApiAuthentication(
        this IServiceCollection services,
        IConfiguration configuration,
        string configSectionName = KeycloakAuthenticationOptions.Section,
        string jwtBearerScheme = JwtBearerDefaults.AuthenticationScheme) =>
        services.AddAuthentication(jwtBearerScheme).AddKeycloakWebApi(configuration, configSectionName, jwtBearerScheme);

    /// <summary>Reads the options from the section.</summary>
    public static KeycloakWebApiAuthenticationBuilder AddKeycloakWebApiAuthentication(
        this IServiceCollection services,
        IConfigurationSection configurationSection,
        string jwtBearerScheme = JwtBearerDefaults.AuthenticationScheme) =>
        services.AddAuthentication(jwtBearerScheme).AddKeycloakWebApi(configurationSection, jwtBearerScheme);

    /// <summary>Reads the options from the named section and adjusts the token validation.</summary>
    public static KeycloakWebApiAuthenticationBuilder AddKeycloakWebApiAuthentication(
        this IServiceCollection services,
        IConfiguration configuration,
        Action<JwtBearerOptions> configureJwtBearerOptions,
        string configSectionName = KeycloakAuthenticationOptions.Section,
        string jwtBearerScheme = JwtBearerDefaults.AuthenticationScheme) =>
        services.AddAuthentication(jwtBearerScheme)
            .AddKeycloakWebApi(configuration, configureJwtBearerOptions, configSectionName, jwtBearerScheme);

    /// <summary>Takes the options from code.</summary>
    public static KeycloakWebApiAuthenticationBuilder AddKeycloakWebApiAuthentication(
        this IServiceCollection services,
        Action<KeycloakAuthenticationOptions> configureKeycloakOptions,
        Action<JwtBearerOptions>? configureJwtBearerOptions = default,
        string jwtBearerScheme = JwtBearerDefaults.AuthenticationScheme) =>
        services.AddAuthentication(jwtBearerScheme)
            .AddKeycloakWebApi(configureKeycloakOptions, configureJwtBearerOptions, jwtBearerScheme);

    /// <summary>Takes the options from code that needs other services.</summary>
    public static KeycloakWebApiAuthenticationBuilder AddKeycloakWebApiAuthentication(
        this IServiceCollection services,
        Action<KeycloakAuthenticationOptions, IServiceProvider> configureKeycloakOptions,
        Action<JwtBearerOptions, IServiceProvider>? configureJwtBearerOptions = default,
        string jwtBearerScheme = JwtBearerDefaults.AuthenticationScheme) =>
        services.AddAuthentication(jwtBearerScheme)
            .AddKeycloakWebApi(configureKeycloakOptions, configureJwtBearerOptions, jwtBearerScheme);
}
