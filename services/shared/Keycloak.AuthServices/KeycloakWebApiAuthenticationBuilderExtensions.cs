using Keycloak.AuthServices.Common;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Keycloak.AuthServices.Authentication;

/// <summary>Adds Keycloak's access tokens to an application's authentication schemes.</summary>
public static class KeycloakWebApiAuthenticationBuilderExtensions
{
    /// <summary>Reads the options from the named section.</summary>
    public static KeycloakWebApiAuthenticationBuilder AddKeycloakWebApi(
        this AuthenticationBuilder builder,
        IConfiguration configuration,
        string configSectionName = KeycloakAuthenticationOptions.Section,
        string jwtBearerScheme = JwtBearerDefaults.AuthenticationScheme) =>
        builder.Add(configuration.GetSection(configSectionName), null, jwtBearerScheme);

    /// <summary>Reads the options from the named section and adjusts the token validation.</summary>
    public static KeycloakWebApiAuthenticationBuilder AddKeycloakWebApi(
        this AuthenticationBuilder builder,
        IConfiguration configuration,
        Action<JwtBearerOptions>? configureJwtBearerOptions,
        string configSectionName = KeycloakAuthenticationOptions.Section,
        string jwtBearerScheme = JwtBearerDefaults.AuthenticationScheme) =>
        builder.Add(configuration.GetSection(configSectionName), WithoutServices(configureJwtBearerOptions), jwtBearerScheme);

    /// <summary>Reads the options from the named section and adjusts the token validation with the help of other services.</summary>
    public static KeycloakWebApiAuthenticationBuilder AddKeycloakWebApi(
        this AuthenticationBuilder builder,
        IConfiguration configuration,
        Action<JwtBearerOptions, IServiceProvider>? configureJwtBearerOptions,
        string configSectionName = KeycloakAuthenticationOptions.Section,
        string jwtBearerScheme = JwtBearerDefaults.AuthenticationScheme) =>
        builder.Add(configuration.GetSection(configSectionName), configureJwtBearerOptions, jwtBearerScheme);

    /// <summary>Reads the options from the section.</summary>
    public static KeycloakWebApiAuthenticationBuilder AddKeycloakWebApi(
        this AuthenticationBuilder builder,
        IConfigurationSection configurationSection,
        string jwtBearerScheme = JwtBearerDefaults.AuthenticationScheme) =>
        builder.Add(configurationSection, null, jwtBearerScheme);

    /// <summary>Reads the options from the section and adjusts the token validation.</summary>
    public static KeycloakWebApiAuthenticationBuilder AddKeycloakWebApi(
        this AuthenticationBuilder builder,
        IConfigurationSection configurationSection,
        Action<JwtBearerOptions>? configureJwtBearerOptions,
        string jwtBearerScheme = JwtBearerDefaults.AuthenticationScheme) =>
        builder.Add(configurationSection, WithoutServices(configureJwtBearerOptions), jwtBearerScheme);

    /// <summary>Reads the options from the section and adjusts the token validation with the help of other services.</summary>
    public static KeycloakWebApiAuthenticationBuilder AddKeycloakWebApi(
        this AuthenticationBuilder builder,
        IConfigurationSection configurationSection,
        Action<JwtBearerOptions, IServiceProvider>? configureJwtBearerOptions,
        string jwtBearerScheme = JwtBearerDefaults.AuthenticationScheme) =>
        builder.Add(configurationSection, configureJwtBearerOptions, jwtBearerScheme);

    /// <summary>Takes the options from code.</summary>
    public static KeycloakWebApiAuthenticationBuilder AddKeycloakWebApi(
        this AuthenticationBuilder builder,
        Action<KeycloakAuthenticationOptions> configureKeycloakOptions,
        Action<JwtBearerOptions>? configureJwtBearerOptions = default,
        string jwtBearerScheme = JwtBearerDefaults.AuthenticationScheme) =>
        builder.Add((options, _) => configureKeycloakOptions(options), WithoutServices(configureJwtBearerOptions), jwtBearerScheme, null);

    /// <summary>Takes the options from code that needs other services.</summary>
    public static KeycloakWebApiAuthenticationBuilder AddKeycloakWebApi(
        this AuthenticationBuilder builder,
        Action<KeycloakAuthenticationOptions, IServiceProvider> configureKeycloakOptions,
        Action<JwtBearerOptions, IServiceProvider>? configureJwtBearerOptions = default,
        string jwtBearerScheme = JwtBearerDefaults.AuthenticationScheme) =>
        builder.Add(configureKeycloakOptions, configureJwtBearerOptions, jwtBearerScheme, null);

    private static Action<JwtBearerOptions, IServiceProvider>? WithoutServices(Action<JwtBearerOptions>? configure) =>
        configure is null ? null : (options, _) => configure(options);

    private static KeycloakWebApiAuthenticationBuilder Add(
        this AuthenticationBuilder builder,
        IConfigurationSection section,
        Action<JwtBearerOptions, IServiceProvider>? configureJwtBearer,
        string scheme) =>
        builder.Add((options, _) => section.BindKeycloakOptions(options), configureJwtBearer, scheme, section);

    private static KeycloakWebApiAuthenticationBuilder Add(
        this AuthenticationBuilder builder,
        Action<KeycloakAuthenticationOptions, IServiceProvider> configureKeycloak,
        Action<JwtBearerOptions, IServiceProvider>? configureJwtBearer,
        string scheme,
        IConfigurationSection? section)
    {
        builder.Services.AddOptions<KeycloakAuthenticationOptions>(scheme).Configure(configureKeycloak);
        builder.AddJwtBearer(scheme, _ => { });
        builder.Services.AddOptions<JwtBearerOptions>(scheme)
            .Configure<IServiceProvider, IOptionsMonitor<KeycloakAuthenticationOptions>>((bearer, services, keycloak) =>
            {
                JwtBearerMapping.Apply(keycloak.Get(scheme), bearer);
                configureJwtBearer?.Invoke(bearer, services);
            });
        return new KeycloakWebApiAuthenticationBuilder(builder.Services, scheme, section);
    }
}
