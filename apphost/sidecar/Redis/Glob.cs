using System.Text;

namespace Platform.Sidecar.Redis;

/// <summary>Redis' patterns of keys.</summary>
internal static class Glob
{
    public static string Escape(string literal) => literal.Aggregate(new StringBuilder(literal.Length), Append).ToString();

    /// <summary>The same pattern as an SQL LIKE (<c>%</c>, <c>_</c>, escape <c>\</c>).</summary>
    public static string FromLike(string pattern)
    {
        var glob = new StringBuilder(pattern.Length);
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] is '%' or '_')
                glob.Append(pattern[i] is '%' ? '*' : '?');
            else
                Append(glob, pattern[i] is '\\' && i + 1 < pattern.Length ? pattern[++i] : pattern[i]);
        }

        return glob.ToString();
    }

    private static StringBuilder Append(StringBuilder glob, char literal) =>
        literal is '*' or '?' or '[' or ']' or '\\' ? glob.Append('\\').Append(literal) : glob.Append(literal);
}
