using System.Net;
using Platform.Errors;
using Platform.Tenants.ExternalApps;

namespace Platform.Tenants.IdentityProviders;

/// <summary>Identity providers at the platform's identity server, by Keycloak's admin API. Nothing of a secret is kept here.</summary>
internal sealed class IdentityBrokers(IdentityAdmin admin)
{
    private const string Instances = "/identity-provider/instances";

    // What is sent in place of a secret that stays.
    private const string Unchanged = "**********";

    public string RealmUrl => admin.RealmUrl;

    /// <summary>Registers it for the company's organization; null where that went well. Before it belongs to one, nobody can use it.</summary>
    public async Task<Error?> CreateAsync(IdentityProvider provider, string secret, CancellationToken cancellationToken) => (await admin.TryAsync(async () =>
    {
        using var made = await admin.SendAsync(HttpMethod.Post, Instances, Describe(provider, secret, isEnabled: false), cancellationToken);
        using var linked = await admin.SendAsync(HttpMethod.Post, $"/organizations/{provider.TenantId}/identity-providers", provider.Alias, cancellationToken);
        if (!provider.Disabled)
            using (await admin.SendAsync(HttpMethod.Put, $"{Instances}/{provider.Alias}", Describe(provider, "", isEnabled: true), cancellationToken))
                return "";
        return "";
    }, cancellationToken)).Error;

    /// <summary>Makes it what it is now, with a new secret or the one that it has; null where that went well.</summary>
    public async Task<Error?> UpdateAsync(IdentityProvider provider, string secret, CancellationToken cancellationToken) => (await admin.TryAsync(async () =>
    {
        using var _ = await admin.SendAsync(HttpMethod.Put, $"{Instances}/{provider.Alias}", Describe(provider, secret, !provider.Disabled), cancellationToken);
        return "";
    }, cancellationToken)).Error;

    /// <summary>Removes it with all connections; null where that went well, or it was gone already.</summary>
    public async Task<Error?> DeleteAsync(IdentityProvider provider, CancellationToken cancellationToken) => (await admin.TryAsync(async () =>
    {
        using var _ = await admin.SendAsync(HttpMethod.Delete, $"{Instances}/{provider.Alias}", null, cancellationToken, HttpStatusCode.NotFound);
        return "";
    }, cancellationToken)).Error;

    private static object Describe(IdentityProvider provider, string secret, bool isEnabled)
    {
        var config = provider.Saml is { } saml ? Config(saml) : Config(provider.Oidc!, secret);
        // Who has an address of one of the organization's verified domains is led there, and nobody else is believed.
        config["kc.org.domain"] = "ANY";
        config["kc.org.broker.redirect.mode.email-matches"] = "true";
        config["syncMode"] = "IMPORT";
        return new
        {
            alias = provider.Alias,
            displayName = provider.DisplayName,
            providerId = provider.Saml is null ? "oidc" : "saml",
            enabled = isEnabled,
            // Within the domains that the operator has verified, the company's word on an address counts.
            trustEmail = true,
            linkOnly = false,
            hideOnLogin = true,
            config,
        };
    }

    private static Dictionary<string, string> Config(V1.OidcSettings oidc, string secret) => new()
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
    };

    private static Dictionary<string, string> Config(V1.SamlSettings saml) => new()
    {
        ["idpEntityId"] = saml.EntityId,
        ["singleSignOnServiceUrl"] = saml.SignOnUrl,
        ["signingCertificate"] = string.Join(',', saml.Certificates.Select(ProviderCertificates.Plain)),
        ["nameIDPolicyFormat"] = saml.NameIdFormat.Length == 0 ? "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent" : saml.NameIdFormat,
        ["principalType"] = "SUBJECT",
        ["validateSignature"] = "true",
        ["wantAssertionsSigned"] = saml.WantSignedAssertions ? "true" : "false",
        ["wantAuthnRequestsSigned"] = "true",
        ["signatureAlgorithm"] = "RSA_SHA256",
        ["postBindingResponse"] = "true",
        ["postBindingAuthnRequest"] = saml.PostRequests ? "true" : "false",
    };
}
