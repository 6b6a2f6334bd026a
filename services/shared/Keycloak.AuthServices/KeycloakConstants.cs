namespace Keycloak.AuthServices.Common;

/// <summary>Paths below a realm's address and the claim types that Keycloak issues.</summary>
public static class KeycloakConstants
{
    /// <summary>The token endpoint.</summary>
    public const string TokenEndpointPath = "protocol/openid-connect/token";

    /// <summary>The OpenID Connect discovery document.</summary>
    public const string OpenIdConnectConfigurationPath = ".well-known/openid-configuration";

    /// <summary>The RFC 8414 metadata document.</summary>
    public const string OAuthAuthorizationServerMetadataPath = ".well-known/oauth-authorization-server";

    /// <summary>The token introspection endpoint.</summary>
    public const string TokenIntrospectionEndpointPath = "protocol/openid-connect/token/introspect";

    /// <summary>Roles of the user by client.</summary>
    public const string ResourceAccessClaimType = "resource_access";

    /// <summary>Roles of the user in the realm.</summary>
    public const string RealmAccessClaimType = "realm_access";

    /// <summary>The default role claim.</summary>
    public const string RoleClaimType = "role";

    /// <summary>The default name claim.</summary>
    public const string NameClaimType = "preferred_username";

    /// <summary>The organizations that the user belongs to.</summary>
    public const string OrganizationClaimType = "organization";
}
