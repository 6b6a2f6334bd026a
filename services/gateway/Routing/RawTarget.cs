using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http.Features;

namespace Platform.Gateway.Routing;

/// <summary>
/// The path and query as they stand in the request line. What is checked here is what is sent on, letter by letter, so that
/// two readings of one path (ours and that of somebody behind us) cannot differ.
/// </summary>
internal static class RawTarget
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static readonly SearchValues<char> PathCharacters = SearchValues.Create(Letters + "-._~!$&'()*+,=:@/%");
    private static readonly SearchValues<char> QueryCharacters = SearchValues.Create(Letters + "-._~!$&'()*+,;=:@/?%[]{}|\"<>^`\\");
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(Letters + "_");

    // An escape for one of these means something else to whoever unescapes it.
    private static readonly SearchValues<char> NeverEscaped = SearchValues.Create("/\\.%?#;");

    public static string Of(HttpContext context) => context.Features.Get<IHttpRequestFeature>()!.RawTarget;

    /// <summary>No dot segments, no empty ones, no escaped separators or control characters, nothing but a path and a query.</summary>
    public static bool IsClean(ReadOnlySpan<char> target)
    {
        var question = target.IndexOf('?');
        var path = question < 0 ? target : target[..question];
        var query = question < 0 ? [] : target[(question + 1)..];
        return path.StartsWith('/') && !path.ContainsAnyExcept(PathCharacters) && !query.ContainsAnyExcept(QueryCharacters)
            && AreSegmentsClean(path[1..]) && AreEscapesClean(path) && IsText(path);
    }

    /// <summary>Whether it is REST of the domain, spelled as we spell it.</summary>
    public static bool IsRestOf(ReadOnlySpan<char> target, ReadOnlySpan<char> domain) =>
        target.StartsWith("/api/v1/") && target[8..].StartsWith(domain)
        && (target.Length == 8 + domain.Length || target[8 + domain.Length] is '/' or '?' or ':');

    /// <summary>Whether it is one call of one gRPC service of the domain: <c>/platform.deals.v1.DealsService/WinDeal</c>.</summary>
    public static bool IsGrpcOf(ReadOnlySpan<char> target, ReadOnlySpan<char> domain)
    {
        if (!target.StartsWith("/platform.") || !target[10..].StartsWith(domain) || !target[(10 + domain.Length)..].StartsWith(".v1."))
            return false;
        var name = target[(14 + domain.Length)..];
        var slash = name.IndexOf('/');
        return slash > 0 && slash < name.Length - 1 && !name[..slash].ContainsAnyExcept(NameCharacters) && !name[(slash + 1)..].ContainsAnyExcept(NameCharacters);
    }

    private static bool AreSegmentsClean(ReadOnlySpan<char> path)
    {
        foreach (var range in path.Split('/'))
        {
            var segment = path[range];
            // An empty one may only be the last: the slash at the end.
            if (segment is "." or ".." || (segment.IsEmpty && range.End.GetOffset(path.Length) != path.Length))
                return false;
        }

        return true;
    }

    private static bool AreEscapesClean(ReadOnlySpan<char> path)
    {
        for (var percent = path.IndexOf('%'); percent >= 0; percent = path.IndexOf('%'))
        {
            if (path.Length < percent + 3 || !byte.TryParse(path.Slice(percent + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet)
                || octet < 0x20 || octet == 0x7f || NeverEscaped.Contains((char)octet))
                return false;
            path = path[(percent + 3)..];
        }

        return true;
    }

    // What is no UTF-8 stays escaped, and no escape that may stay has been let through.
    private static bool IsText(ReadOnlySpan<char> path) => !path.Contains('%') || !Uri.UnescapeDataString(path).Contains('%', StringComparison.Ordinal);
}
