using static Platform.Languages.Wording;

namespace Platform.Tenants.ExternalApps;

/// <summary>Where an application may have people sent back to with a code: only where nobody else is.</summary>
internal static class RedirectAddress
{
    public const int MaxLength = 500;

    /// <summary>What is wrong with the address; null where it may be registered.</summary>
    public static string? Refuse(string text, bool isPublic)
    {
        if (text.Length is 0 or > MaxLength || text.Any(letter => letter is '*' or '\\' or '$' || char.IsWhiteSpace(letter) || char.IsControl(letter)))
            return Say($"Use a whole address of at most {MaxLength} characters, without a wildcard.");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.IsFile || uri.Fragment.Length > 0 || text.EndsWith('#') || uri.UserInfo.Length > 0)
            return "Use an absolute address without a fragment or a name in it, such as https://app.example/callback.";
        return uri.Scheme switch
        {
            "https" => null,
            "http" => uri.IsLoopback ? null : "Use https://; plain http:// leads to this machine only, such as http://127.0.0.1/callback.",
            // RFC 8252 §7.1: a reversed domain name is nobody else's, and no scheme that a browser acts upon has a dot.
            _ when !isPublic => "A confidential application has an address of https://.",
            var scheme => scheme.Contains('.', StringComparison.Ordinal) ? null : "Use a scheme with a dot in it, such as com.example.app:/callback.",
        };
    }
}
