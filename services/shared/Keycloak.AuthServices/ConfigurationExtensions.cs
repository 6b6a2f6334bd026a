using Microsoft.Extensions.Configuration;

namespace Keycloak.AuthServices.Common;

/// <summary>Reads Keycloak's options from settings written in either spelling (<c>auth-server-url</c> or <c>AuthServerUrl</c>).</summary>
public static class ConfigurationExtensions
{
    private static readonly (string Kebab, string Pascal)[] Spellings =
    [
        ("auth-server-url", nameof(KeycloakInstallationOptions.AuthServerUrl)),
        ("verify-token-audience", nameof(KeycloakInstallationOptions.VerifyTokenAudience)),
        ("token-clock-skew", nameof(KeycloakInstallationOptions.TokenClockSkew)),
        ("ssl-required", nameof(KeycloakInstallationOptions.SslRequired)),
    ];

    /// <summary>The options in the named section, or null when there is no such section.</summary>
    public static T? GetKeycloakOptions<T>(
        this IConfiguration configuration,
        string configSectionName = ConfigurationConstants.ConfigurationPrefix)
        where T : KeycloakInstallationOptions =>
        configuration.GetSection(configSectionName).GetKeycloakOptions<T>();

    /// <summary>The options in the section, or null when it is empty.</summary>
    public static T? GetKeycloakOptions<T>(this IConfigurationSection configurationSection)
        where T : KeycloakInstallationOptions =>
        Respelled(configurationSection).Get<T>();

    /// <summary>Sets the options to what the named section says.</summary>
    public static void BindKeycloakOptions<T>(
        this IConfiguration configuration,
        T options,
        string configSectionName = ConfigurationConstants.ConfigurationPrefix)
        where T : KeycloakInstallationOptions =>
        configuration.GetSection(configSectionName).BindKeycloakOptions(options);

    /// <summary>Sets the options to what the section says.</summary>
    public static void BindKeycloakOptions<T>(this IConfigurationSection configurationSection, T options)
        where T : KeycloakInstallationOptions =>
        Respelled(configurationSection).Bind(options);

    /// <summary>The section with kebab-case keys under their Pascal names; where both are present the Pascal one wins.</summary>
    private static IConfigurationRoot Respelled(IConfigurationSection section)
    {
        var values = section.AsEnumerable(makePathsRelative: true)
            .Where(pair => pair.Key.Length > 0)
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
        foreach (var (kebab, pascal) in Spellings)
            if (values.Remove(kebab, out var value)) values.TryAdd(pascal, value);
        return new ConfigurationBuilder().AddInMemoryCollection(values).Build();
    }
}
