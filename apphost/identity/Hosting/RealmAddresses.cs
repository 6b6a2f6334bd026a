using Platform.Identity.Realms;

namespace Platform.Identity.Hosting;

/// <summary>Keycloak's paths for the realm.</summary>
internal sealed class RealmAddresses(IdentityOptions options, Realm realm)
{
    /// <summary>Without a trailing slash, as Keycloak writes it into tokens.</summary>
    public Uri Issuer { get; } = new(options.PublicUrl, $"/realms/{realm.Name}");

    public string Base { get; } = $"/realms/{realm.Name}";

    public string Protocol => $"{Base}/protocol/openid-connect";

    public string Authorization => $"{Protocol}/auth";

    public string Token => $"{Protocol}/token";

    public string Introspection => $"{Protocol}/token/introspect";

    public string Certificates => $"{Protocol}/certs";

    public string UserInfo => $"{Protocol}/userinfo";

    public string EndSession => $"{Protocol}/logout";

    public string Revocation => $"{Protocol}/revoke";

    public string Discovery => $"{Base}/.well-known/openid-configuration";

    public string AuthorizationServerMetadata => $"{Base}/.well-known/oauth-authorization-server";

    /// <summary>Scheme and host of every address, for links that are mailed.</summary>
    public string Origin { get; } = options.PublicUrl.GetLeftPart(UriPartial.Authority);

    public string RequiredAction => $"{Base}/login-actions/required-action";

    public string ResetCredentials => $"{Base}/login-actions/reset-credentials";

    public string ActionToken => $"{Base}/login-actions/action-token";

    public string Passkey => $"{Base}/login-actions/passkey";

    public string Consent => $"{Base}/login-actions/consent";

    public string FirstBrokerLogin => $"{Base}/login-actions/first-broker-login";

    public string Broker => $"{Base}/broker";

    /// <summary>Where a provider sends browsers back to; registered there as the redirect address.</summary>
    public string BrokerEndpoint(string alias) => $"{Issuer}/broker/{alias}/endpoint";

    /// <summary>Where a provider of OpenID Connect sends browsers back to after a sign-out; registered there as the post-logout address.</summary>
    public string SignOutAnswer(string alias) => $"{BrokerEndpoint(alias)}/logout_response";

    /// <summary>Where all providers of OpenID Connect say that somebody has signed out there; registered there as the back-channel address.</summary>
    public string BackChannelLogout => $"{EndSession}/backchannel-logout";

    /// <summary>Where a provider sends browsers whose sign-in began there, for one application.</summary>
    public string UnaskedEndpoint(string alias, string application) => $"{BrokerEndpoint(alias)}/clients/{Uri.EscapeDataString(application)}";

    public string UnaskedLogin => $"{Base}/login-actions/unasked-broker-login";

    public string Account => $"{Base}/account";

    public string Admin => $"/admin{Base}";

    public string Authenticate => $"{Base}/login-actions/authenticate";
}
