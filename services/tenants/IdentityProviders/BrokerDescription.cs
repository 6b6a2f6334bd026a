using System.Text.Json.Nodes;

namespace Platform.Tenants.IdentityProviders;

/// <summary>A company's identity provider in Keycloak's words. What is named here is the platform's to say; everything else at the identity server stays as it is.</summary>
internal static class BrokerDescription
{
    // What is sent in place of a secret that stays.
    private const string Unchanged = "**********";

    public static JsonObject Of(IdentityProvider provider, string secret, bool isEnabled) =>
        Over(new JsonObject { ["alias"] = provider.Alias, ["providerId"] = provider.Saml is null ? "oidc" : "saml" }, provider, secret, isEnabled);

    /// <summary>The description with what the company has set; a setting that it has cleared is taken out.</summary>
    public static JsonObject Over(JsonObject description, IdentityProvider provider, string secret, bool isEnabled)
    {
        description["displayName"] = provider.DisplayName;
        description["enabled"] = isEnabled;
        // Within the domains that the operator has verified, the company's word on an address counts.
        description["trustEmail"] = true;
        description["linkOnly"] = false;
        description["hideOnLogin"] = true;
        if (description["config"] is not JsonObject config)
            description["config"] = config = [];
        foreach (var (key, value) in provider.Saml is { } saml ? Config(saml) : Config(provider.Oidc!, secret))
        {
            if (value is { Length: > 0 })
                config[key] = value;
            else
                config.Remove(key);
        }

        // Who has an address of one of the organization's verified domains is led there, and nobody else is believed.
        config["kc.org.domain"] = "ANY";
        config["kc.org.broker.redirect.mode.email-matches"] = "true";
        config["syncMode"] = "IMPORT";
        return description;
    }

    private static Dictionary<string, string?> Config(V1.OidcSettings oidc, string secret) => new()
    {
        ["issuer"] = oidc.Issuer,
        ["authorizationUrl"] = oidc.AuthorizationUrl,
        ["tokenUrl"] = oidc.TokenUrl,
        ["jwksUrl"] = oidc.JwksUrl,
        ["clientId"] = oidc.ClientId,
        ["clientSecret"] = secret.Length == 0 ? Unchanged : secret,
        ["clientAuthMethod"] = "client_secret_post",
        ["defaultScope"] = "openid email profile",
        ["useJwksUrl"] = "true",
        ["validateSignature"] = "true",
        ["pkceEnabled"] = "true",
        ["pkceMethod"] = "S256",
        ["logoutUrl"] = oidc.EndSessionUrl,
        ["backchannelSupported"] = Text(oidc.CallEndSession && oidc.EndSessionUrl.Length > 0),
    };

    private static Dictionary<string, string?> Config(V1.SamlSettings saml) => new()
    {
        ["idpEntityId"] = saml.EntityId,
        ["singleSignOnServiceUrl"] = saml.SignOnUrl,
        ["singleLogoutServiceUrl"] = saml.SignOutUrl,
        ["signingCertificate"] = string.Join(',', saml.Certificates.Select(ProviderCertificates.Plain)),
        ["nameIDPolicyFormat"] = saml.NameIdFormat.Length == 0 ? "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent" : saml.NameIdFormat,
        ["principalType"] = "SUBJECT",
        ["validateSignature"] = "true",
        ["wantAssertionsSigned"] = Text(saml.WantSignedAssertions),
        ["wantAssertionsEncrypted"] = Text(saml.WantEncryptedAssertions),
        ["encryptionAlgorithm"] = "RSA-OAEP",
        ["wantAuthnRequestsSigned"] = Text(!saml.UnsignedRequests),
        ["signatureAlgorithm"] = "RSA_SHA256",
        ["postBindingResponse"] = "true",
        ["postBindingAuthnRequest"] = Text(saml.PostRequests),
        ["postBindingLogout"] = Text(saml.PostSignOuts),
        // The platform's own switch: Keycloak keeps it and does not heed it.
        ["platform.idpInitiated"] = Text(saml.AllowSignInsBegunThere),
    };

    private static string Text(bool value) => value ? "true" : "false";
}
