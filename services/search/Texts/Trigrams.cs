namespace Platform.Search.Texts;

/// <summary>Groups of three letters of a word, by which words are found that are written almost alike; as pg_trgm makes them.</summary>
internal static class Trigrams
{
    /// <summary>Shorter words have too few letters to say what is meant by another one.</summary>
    public const int LeastLength = 4;

    private const int MostLength = 24;

    /// <summary>Whether a word can be meant by another one: no digits, and neither short nor endless.</summary>
    public static bool Has(string word) => word.Length is >= LeastLength and <= MostLength && !word.Any(char.IsDigit) && word[0] != Keys.Sign;

    /// <summary>The groups of a word that has some.</summary>
    public static IReadOnlyCollection<string> Of(string word)
    {
        var padded = $"  {word} ";
        return [.. Enumerable.Range(0, padded.Length - 2).Select(at => padded.Substring(at, 3)).Distinct(StringComparer.Ordinal)];
    }
}
