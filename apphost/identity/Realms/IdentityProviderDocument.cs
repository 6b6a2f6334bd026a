using System.Text.Json.Serialization;
using Platform.Identity.Brokering.Saml;

namespace Platform.Identity.Realms;

/// <summary>A customer's own identity server, as Keycloak describes it. OpenID Connect (<c>oidc</c>, <c>keycloak-oidc</c>) and SAML 2.0 (<c>saml</c>) are spoken here.</summary>
internal sealed record IdentityProviderDocument
{
    public const string DomainKey = "kc.org.domain";
    public const string RedirectKey = "kc.org.broker.redirect.mode.email-matches";

    public string? InternalId { get; init; }
    public required string Alias { get; init; }
    public string? DisplayName { get; init; }
    public string ProviderId { get; init; } = "oidc";
    public bool Enabled { get; init; } = true;
    public bool TrustEmail { get; init; }
    public bool LinkOnly { get; init; }

    /// <summary>The organization whose people it knows; null for one of the whole realm.</summary>
    public string? OrganizationId { get; init; }

    public IReadOnlyDictionary<string, string> Config { get; init; } = new Dictionary<string, string>();

    /// <summary>What of the provider's claims becomes what of the person; kept here, though Keycloak lists them beside.</summary>
    public IReadOnlyList<IdentityProviderMapperDocument> Mappers { get; init; } = [];

    [JsonIgnore]
    public string Name => string.IsNullOrEmpty(DisplayName) ? Alias : DisplayName;

    [JsonIgnore]
    public bool IsSaml => ProviderId == SamlProvider.Kind;

    /// <summary>By what name the server there vouches for people: who is connected is connected to that.</summary>
    [JsonIgnore]
    public string? Authority => IsSaml ? Text("idpEntityId") : Issuer;

    [JsonIgnore]
    public string? ClientId => Text("clientId");

    [JsonIgnore]
    public string? ClientSecret => Text("clientSecret");

    [JsonIgnore]
    public string? Issuer => Text("issuer");

    [JsonIgnore]
    public string? AuthorizationUrl => Text("authorizationUrl");

    [JsonIgnore]
    public string? TokenUrl => Text("tokenUrl");

    [JsonIgnore]
    public string? JwksUrl => Text("jwksUrl");

    /// <summary>Where people are signed out there, of OpenID Connect; null where the provider is not told.</summary>
    [JsonIgnore]
    public string? LogoutUrl => Text("logoutUrl");

    /// <summary>Whether it is told of a sign-out by a call of this server's and not by the person's browser.</summary>
    [JsonIgnore]
    public bool IsCalledAtSignOut => Is("backchannelSupported");

    [JsonIgnore]
    public bool IsShownItsToken => Text("sendIdTokenOnLogout") is not "false";

    [JsonIgnore]
    public bool IsToldOurNameAtSignOut => Is("sendClientIdOnLogout");

    [JsonIgnore]
    public string Scope => Text("defaultScope") ?? "openid email profile";

    [JsonIgnore]
    public bool UpdatesAtEachSignIn => Text("syncMode") is "FORCE";

    /// <summary>Whether people with an address of the organization are led here from the login page.</summary>
    [JsonIgnore]
    public bool TakesAddresses => Text(RedirectKey) is "true";

    public bool Is(string key) => Text(key) is "true";

    public string? Text(string key) => Config.GetValueOrDefault(key) is { Length: > 0 } value ? value : null;
}

internal sealed record IdentityProviderMapperDocument
{
    /// <summary>Copies a claim into an attribute of the person.</summary>
    public const string AttributeMapper = "oidc-user-attribute-idp-mapper";

    /// <summary>Copies an attribute of an assertion into one of the person; of <c>email</c>, which stays the platform's own, it names where it is found.</summary>
    public const string SamlAttributeMapper = "saml-user-attribute-idp-mapper";

    public string? Id { get; init; }
    public required string Name { get; init; }
    public required string IdentityProviderAlias { get; init; }
    public string IdentityProviderMapper { get; init; } = AttributeMapper;
    public IReadOnlyDictionary<string, string> Config { get; init; } = new Dictionary<string, string>();

    /// <summary>Which claim it copies; null where it copies none.</summary>
    [JsonIgnore]
    public string? Claim => IdentityProviderMapper switch
    {
        AttributeMapper => Config.GetValueOrDefault("claim"),
        SamlAttributeMapper when Config.GetValueOrDefault("attribute.name") is { Length: > 0 } name => name,
        SamlAttributeMapper when Config.GetValueOrDefault("attribute.friendly.name") is { Length: > 0 } friendly => SamlIdentity.Friendly + friendly,
        _ => null,
    };
}

/// <summary>Who a person is at a customer's identity server.</summary>
/// <param name="IdentityProvider">The provider's alias.</param>
/// <param name="UserId">The subject there.</param>
/// <param name="UserName">The name there, to recognise it by.</param>
internal sealed record FederatedIdentityDocument(string IdentityProvider, string UserId, string? UserName = null);

internal sealed record OrganizationProviderDocument(string Alias);
