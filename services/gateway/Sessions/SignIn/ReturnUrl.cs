namespace Platform.Gateway.Sessions.SignIn;

/// <summary>Where a browser goes after the sign-in: a path of the gateway's own origin and nothing else.</summary>
internal static class ReturnUrl
{
    private const int MaxLength = 2000;

    /// <summary>Whether every browser reads it as a path of the origin that it is on.</summary>
    public static bool IsLocal(string url) =>
        url.Length is > 0 and <= MaxLength
        && url[0] == '/'
        // Browsers take a backslash for a slash, and skip control characters, before they look for a host.
        && !(url.Length > 1 && url[1] is '/' or '\\')
        && !url.AsSpan().ContainsAnyInRange('\0', ' ')
        && !url.AsSpan().ContainsAny('\\', '\u007f')
        && Uri.TryCreate(url, UriKind.Relative, out _);
}
