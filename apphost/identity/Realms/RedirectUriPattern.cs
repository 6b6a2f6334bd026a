namespace Platform.Identity.Realms;

/// <summary>
/// A redirect address as a realm file writes it: exact, or with a trailing <c>*</c> for anything below a path. A loopback address
/// without a port allows any port (RFC 8252 §7.3).
/// </summary>
internal sealed class RedirectUriPattern
{
    private readonly Uri _uri;
    private readonly bool _isPrefix;
    private readonly bool _anyPort;

    private RedirectUriPattern(Uri uri, bool isPrefix)
    {
        _uri = uri;
        _isPrefix = isPrefix;
        _anyPort = uri is { IsLoopback: true, IsDefaultPort: true, Scheme: "http" };
    }

    public string Origin => _uri.GetLeftPart(UriPartial.Authority);

    public static RedirectUriPattern Parse(string pattern)
    {
        var isPrefix = pattern.EndsWith('*');
        // A bare prefix of a host ("http://example*") would let anybody register a host that begins so.
        return Uri.TryCreate(isPrefix ? pattern[..^1] : pattern, UriKind.Absolute, out var uri)
            && (!isPrefix || pattern.EndsWith("/*", StringComparison.Ordinal))
            && uri is { Fragment.Length: 0, IsFile: false }
            ? new RedirectUriPattern(uri, isPrefix)
            : throw new StartupException($"The realm file has the redirect address {pattern}: it must be absolute, and a * may only follow a slash at its end.");
    }

    public bool Matches(string candidate) =>
        Uri.TryCreate(candidate, UriKind.Absolute, out var uri)
        && uri.Fragment.Length == 0
        && uri.UserInfo.Length == 0
        && !candidate.Contains('\\')
        && uri.Scheme == _uri.Scheme
        && uri.Host == _uri.Host
        && (uri.Port == _uri.Port || _anyPort)
        && MatchesPath(uri);

    // Uri has resolved dot segments; an encoded slash stays text and is refused, because servers disagree on what it means.
    private bool MatchesPath(Uri uri) =>
        _isPrefix
            ? uri.AbsolutePath.StartsWith(_uri.AbsolutePath, StringComparison.Ordinal)
                && !uri.AbsolutePath.Contains("%2F", StringComparison.OrdinalIgnoreCase)
                && !uri.AbsolutePath.Contains("%5C", StringComparison.OrdinalIgnoreCase)
            : uri.PathAndQuery == _uri.PathAndQuery;
}
