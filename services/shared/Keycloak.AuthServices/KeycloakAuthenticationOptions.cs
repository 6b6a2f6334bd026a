using Keycloak.AuthServices.Common;

namespace Keycloak.AuthServices.Authentication;

/// <summary>How tokens of a Keycloak realm are validated.</summary>
public class KeycloakAuthenticationOptions : KeycloakInstallationOptions
{
    /// <summary>The settings section read by default.</summary>
    public const string Section = ConfigurationConstants.ConfigurationPrefix;

    /// <summary>The expected audience; <see cref="KeycloakInstallationOptions.Resource"/> when not given.</summary>
    public string? Audience { get; set; }

    /// <summary>Audiences accepted besides the first.</summary>
    public string[]? AdditionalAudiences { get; set; }

    /// <summary>The claim that holds roles.</summary>
    public string RoleClaimType { get; set; } = KeycloakConstants.RoleClaimType;

    /// <summary>The claim that holds the user's name.</summary>
    public string NameClaimType { get; set; } = KeycloakConstants.NameClaimType;

    /// <summary>The address of the realm's discovery document, or null when Keycloak's address is not known.</summary>
    public string? OpenIdConnectUrl =>
        string.IsNullOrWhiteSpace(KeycloakUrlRealm) ? null : KeycloakUrlRealm + KeycloakConstants.OpenIdConnectConfigurationPath;

    /// <summary>Path of the metadata document below the realm's address, in place of OpenID Connect discovery.</summary>
    public string? MetadataAddress { get; set; }

    /// <summary>Whether roles in the access token are left unmapped (web applications).</summary>
    public bool DisableRolesAccessTokenMapping { get; set; }
}
