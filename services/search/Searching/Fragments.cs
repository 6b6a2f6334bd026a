using Platform.Search.Texts;

namespace Platform.Search.Searching;

/// <summary>Shows where something was found.</summary>
internal static class Fragments
{
    private const int MaxFragments = 3;
    private const int MaxLength = 160;
    private const int Before = 40;

    /// <summary>The fields in which something was found, in the order in which they come.</summary>
    public static IEnumerable<V1.Fragment> Of(IEnumerable<(string Path, string Text)> texts, SearchWords words) =>
        texts.Select(text => Of(text.Path, text.Text, words)).OfType<V1.Fragment>().Take(MaxFragments);

    private static V1.Fragment? Of(string path, string text, SearchWords words)
    {
        IReadOnlyList<(int Start, int Length)> found = words.IsKey(text) ? [(0, text.Length)] : [.. Words.Of(text).Where(token => words.Has(token.Word)).Select(token => (token.Start, token.Length))];
        if (found.Count == 0)
            return null;
        var (start, end) = WindowOf(text, found[0].Start);
        var fragment = new V1.Fragment { Field = path, Text = text[start..end], Cut = start > 0 || end < text.Length };
        fragment.Marks.AddRange(found.Where(mark => mark.Start >= start && mark.Start < end)
            .Select(mark => new V1.Mark { Start = mark.Start - start, Length = Math.Min(mark.Length, end - mark.Start) }));
        return fragment;
    }

    // From the word before what was found on, and never between the halves of a character.
    private static (int Start, int End) WindowOf(string text, int found)
    {
        if (text.Length <= MaxLength)
            return (0, text.Length);
        var start = Math.Max(0, found - Before);
        while (start > 0 && start < found && !char.IsWhiteSpace(text[start - 1]))
            start++;
        var end = Math.Min(text.Length, start + MaxLength);
        return (start, end < text.Length && char.IsLowSurrogate(text[end]) ? end - 1 : end);
    }
}
