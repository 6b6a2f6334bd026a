using System.Text;

namespace Platform.Search.Texts;

/// <summary>Cuts texts into words: runs of letters and digits of any script.</summary>
internal static class Words
{
    /// <summary>What is longer is cut.</summary>
    public const int MaxLength = 64;

    /// <summary>The words of a text, in their order.</summary>
    public static IEnumerable<Token> Of(string text)
    {
        var word = new StringBuilder();
        var (start, at) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Letters.IsOfWord(rune))
            {
                if (word.Length == 0)
                    start = at;
                Letters.Append(word, rune);
            }
            else if (word.Length > 0)
            {
                yield return Take(word, start, at);
            }

            // A lone surrogate is read as one replacement character, and is one code unit.
            at += rune.Utf16SequenceLength;
        }

        if (word.Length > 0)
            yield return Take(word, start, at);
    }

    /// <summary>A text as far as it may go, and never half of a character.</summary>
    public static string BeginningOf(string text, int length) =>
        text.Length <= length ? text : char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length];

    private static Token Take(StringBuilder word, int start, int end)
    {
        var token = new Token(word.ToString(0, CutOf(word)), start, end - start);
        word.Clear();
        return token;
    }

    private static int CutOf(StringBuilder word) =>
        word.Length <= MaxLength ? word.Length : char.IsHighSurrogate(word[MaxLength - 1]) ? MaxLength - 1 : MaxLength;
}
