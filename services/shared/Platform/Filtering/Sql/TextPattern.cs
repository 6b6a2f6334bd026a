using System.Text;

namespace Platform.Filtering.Sql;

/// <summary>Pieces of text with anything between them.</summary>
/// <param name="segments">The pieces; the first stands at the beginning, the last at the end.</param>
/// <param name="ignoresCase">Then the pieces are folded.</param>
internal sealed class TextPattern(IReadOnlyList<string> segments, bool ignoresCase)
{
    /// <summary>All pieces, for what must be known of their letters.</summary>
    public string Letters => string.Concat(segments);

    public bool IgnoresCase => ignoresCase;

    public static TextPattern Exact(IReadOnlyList<string> segments) => new(segments, ignoresCase: false);

    /// <summary>Anywhere, without regard to case.</summary>
    public static TextPattern Containing(IReadOnlyList<string> segments) => new(["", .. segments.Select(CodePoints.Fold), ""], ignoresCase: true);

    /// <summary>For LIKE, whose escape is the backslash.</summary>
    public string ToLike()
    {
        var pattern = new StringBuilder();
        for (var i = 0; i < segments.Count; i++)
        {
            pattern.Append(i > 0 ? "%" : "");
            foreach (var c in segments[i])
                pattern.Append(c is '%' or '_' or '\\' ? "\\" : "").Append(c);
        }

        return pattern.ToString();
    }

    public bool Matches(string text)
    {
        var subject = (ignoresCase ? CodePoints.Fold(text) : text).AsSpan();
        var (first, last) = (segments[0], segments[^1]);
        if (segments.Count == 1)
            return subject.SequenceEqual(first);
        if (subject.Length < first.Length + last.Length || !subject.StartsWith(first) || !subject.EndsWith(last))
            return false;
        subject = subject[first.Length..^last.Length];
        for (var i = 1; i < segments.Count - 1; i++)
        {
            var found = subject.IndexOf(segments[i]);
            if (found < 0)
                return false;
            subject = subject[(found + segments[i].Length)..];
        }

        return true;
    }
}
