namespace Keycloak.AuthServices.Common;

/// <summary>Names in the settings file.</summary>
public static class ConfigurationConstants
{
    /// <summary>The settings section that Keycloak's options are read from by default.</summary>
    public const string ConfigurationPrefix = "Keycloak";
}
