namespace Keycloak.AuthServices.Common;

/// <summary>Where Keycloak is and which of its clients the application is.</summary>
public class KeycloakInstallationOptions
{
    /// <summary>Keycloak's base address; a missing trailing slash is added. Settings key <c>auth-server-url</c>.</summary>
    public string? AuthServerUrl
    {
        get;
        set => field = value is null || value.EndsWith('/') ? value : value + "/";
    }

    /// <summary>The realm's name.</summary>
    public string Realm { get; set; } = default!;

    /// <summary>The client id of this application; the expected audience unless another is given.</summary>
    public string Resource { get; set; } = default!;

    /// <summary>Whether a token for another audience is refused; unset means that it is. Settings key <c>verify-token-audience</c>.</summary>
    public bool? VerifyTokenAudience { get; set; }

    /// <summary>Credentials of a confidential client.</summary>
    public KeycloakClientInstallationCredentials Credentials { get; set; } = new();

    /// <summary>How far clocks may differ; zero by default. Settings key <c>token-clock-skew</c>.</summary>
    public TimeSpan TokenClockSkew { get; set; }

    /// <summary>
    /// <c>none</c> allows Keycloak to be reached over HTTP; empty or <c>external</c> demands HTTPS. Settings key <c>ssl-required</c>.
    /// </summary>
    public string SslRequired { get; set; } = default!;

    /// <summary>The realm's address with a trailing slash, or null when Keycloak's address is not known.</summary>
    public string KeycloakUrlRealm => string.IsNullOrWhiteSpace(AuthServerUrl) ? default! : $"{AuthServerUrl}realms/{Realm}/";

    /// <summary>The realm's token endpoint, or null when Keycloak's address is not known.</summary>
    public string KeycloakTokenEndpoint =>
        string.IsNullOrWhiteSpace(KeycloakUrlRealm) ? default! : KeycloakUrlRealm + KeycloakConstants.TokenEndpointPath;
}
