using Platform.Search.Kinds;
using Platform.Search.Texts;

namespace Platform.Search.Index;

/// <summary>What a text is found by.</summary>
internal static class Postings
{
    // Of a long text the first words are enough to find it by.
    private const int MaxWordsOfText = 100;

    /// <summary>The words and keys of a text, each once.</summary>
    public static IReadOnlyCollection<string> Of(IndexedText text)
    {
        var found = Words.Of(text.Text).Select(token => token.Word).Distinct(StringComparer.Ordinal).Take(MaxWordsOfText).ToHashSet(StringComparer.Ordinal);
        foreach (var value in text.Use == FieldUse.Text ? [] : text.Text.Split('\n').Take(MaxWordsOfText))
        {
            if (text.Use == FieldUse.Name)
                found.Add(Keys.OfText(value));
            else if (Keys.OfPhone(value) is { } key)
                found.UnionWith([key, .. Keys.BeginningsOf(value)]);
        }

        return found;
    }
}
