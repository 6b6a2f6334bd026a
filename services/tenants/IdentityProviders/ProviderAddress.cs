using System.Net;
using Platform.Invocation;
using static Platform.Languages.Wording;

namespace Platform.Tenants.IdentityProviders;

/// <summary>Where a company's identity server may be: on https, and outside of this installation's network.</summary>
internal sealed class ProviderAddress(IConfiguration configuration, IHostEnvironment environment)
{
    private const int MaxLength = 500;

    /// <summary>Setting <c>IdentityProviders:AllowLocal</c>: servers of this machine, on plain http. Default: in Development only.</summary>
    public bool AllowsLocal { get; } = configuration.GetValue<bool?>("IdentityProviders:AllowLocal") ?? environment.IsDevelopment();

    /// <summary>What is wrong with the address; null where it may be used. The name is looked at again when it is connected to.</summary>
    public string? Refuse(string text)
    {
        if (text.Length is 0 or > MaxLength || text.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter) || letter == '\\')
            || !Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0 || uri.Scheme is not ("https" or "http"))
            return Say($"Use a whole address of https:// with at most {MaxLength} characters, without a fragment or a name in it.");
        if (AllowsLocal)
            return null;
        if (uri.Scheme != Uri.UriSchemeHttps)
            return "Use an address of https://.";
        return uri.IsLoopback || (uri.HostNameType == UriHostNameType.Dns && !uri.Host.Contains('.', StringComparison.Ordinal))
            || (IPAddress.TryParse(uri.DnsSafeHost, out var ip) && !PublicNetwork.IsPublic(ip))
            ? "Use a public address: this one leads into a private network."
            : null;
    }
}
