using System.Net;
using System.Text.RegularExpressions;
using Platform.Identity.Brokering.Saml;
using Platform.Identity.Realms;
using Platform.Invocation;

namespace Platform.Identity.Brokering;

/// <summary>What a provider's description must be like before anybody is sent there.</summary>
internal sealed partial class ProviderRules(IdentityOptions options, IHostEnvironment environment)
{
    private static readonly string[] Addresses = ["authorizationUrl", "tokenUrl", "jwksUrl", "issuer"];

    /// <summary>Whether providers may live on this machine and in its network, and speak plain HTTP: for development and tests.</summary>
    public bool AllowsLocal { get; } = options.AllowLocalProviders ?? environment.IsDevelopment();

    /// <summary>What is wrong; null for a provider that can be used.</summary>
    public string? Refuse(IdentityProviderDocument provider)
    {
        if (!Alias().IsMatch(provider.Alias)) return "The alias may have up to 60 letters, digits, hyphens, underscores and dots.";
        if (provider.IsSaml) return new SamlProvider(provider, "").Refuse() ?? Refuse("singleSignOnServiceUrl", provider.Text("singleSignOnServiceUrl")) ?? RefuseOptional(provider, "singleLogoutServiceUrl");
        if (provider.ProviderId is not ("oidc" or "keycloak-oidc")) return $"Invalid identity provider id [{provider.ProviderId}]: oidc and saml are known here.";
        if (provider.ClientId is null) return "config.clientId is missing.";
        if (provider.Text("validateSignature") is not (null or "true") || provider.Text("useJwksUrl") is not (null or "true"))
            return "The signature is always checked, with the keys at config.jwksUrl.";
        return Addresses.Select(name => Refuse(name, provider.Text(name))).FirstOrDefault(refusal => refusal is not null) ?? RefuseOptional(provider, "logoutUrl");
    }

    private string? RefuseOptional(IdentityProviderDocument provider, string name) => provider.Text(name) is { } address ? Refuse(name, address) : null;

    private string? Refuse(string name, string? address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0 || uri.Scheme is not ("https" or "http"))
            return $"config.{name} is not an address of https://.";
        if (AllowsLocal) return null;
        if (uri.Scheme != Uri.UriSchemeHttps) return $"config.{name} is not an address of https://.";
        // Names are looked at again when they are connected to: PublicNetwork.
        return uri.IsLoopback || !uri.Host.Contains('.', StringComparison.Ordinal) && uri.HostNameType == UriHostNameType.Dns
            || IPAddress.TryParse(uri.DnsSafeHost, out var ip) && !PublicNetwork.IsPublic(ip)
            ? $"config.{name} leads into the network of this server."
            : null;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,60}\z")]
    private static partial Regex Alias();
}
