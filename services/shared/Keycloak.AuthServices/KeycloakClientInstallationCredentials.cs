namespace Keycloak.AuthServices.Common;

/// <summary>Credentials of a confidential client.</summary>
public class KeycloakClientInstallationCredentials
{
    /// <summary>The client's secret.</summary>
    public string Secret { get; set; } = string.Empty;
}
