namespace Platform.Filtering.Sql;

/// <summary>Order and case of text, the same as PostgreSQL's for what <see cref="TextExpressions"/> writes.</summary>
internal static class CodePoints
{
    /// <summary>The order of PostgreSQL's collation "C" in UTF-8; that of UTF-16 differs where surrogates are.</summary>
    public static int Compare(string left, string right)
    {
        var length = Math.Min(left.Length, right.Length);
        for (var i = 0; i < length; i++)
        {
            if (left[i] != right[i])
                return Rank(left[i]) - Rank(right[i]);
        }

        return left.Length - right.Length;
    }

    /// <summary>Without regard to case: each letter its small one, one for one. Letters beyond ASCII never become ASCII.</summary>
    public static char Fold(char c)
    {
        if (char.IsAscii(c))
            return char.ToLowerInvariant(c);
        var small = char.ToLowerInvariant(c);
        return char.IsAscii(small) ? c : small;
    }

    public static string Fold(string text) => string.Create(text.Length, text, (folded, source) =>
    {
        for (var i = 0; i < folded.Length; i++)
            folded[i] = Fold(source[i]);
    });

    /// <summary>ASCII letters small, all else as it is: what lower() does under the collation "C".</summary>
    public static string FoldAscii(string text) => string.Create(text.Length, text, (folded, source) =>
    {
        for (var i = 0; i < folded.Length; i++)
            folded[i] = char.IsAsciiLetterUpper(source[i]) ? (char)(source[i] | 0x20) : source[i];
    });

    // Surrogates stand for what comes after all other characters.
    private static int Rank(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;
}
