using Platform.Search.Index;
using Platform.Search.Texts;

namespace Platform.Search.Searching;

/// <summary>What somebody typed, as the index is asked for it.</summary>
internal sealed record SearchWords(IReadOnlyList<Term> Terms, IReadOnlyCollection<string> Keys, IReadOnlyCollection<string> Beginnings)
{
    private const int MaxTerms = 12;

    /// <summary>Whether a word of a text was looked for.</summary>
    public bool Has(string word) => Terms.Any(term => word.StartsWith(term.Word, StringComparison.Ordinal) || term.Close.Contains(word));

    /// <summary>Whether a whole value was looked for, so that all of it is what was found.</summary>
    public bool IsKey(string value) =>
        Keys.Contains(Texts.Keys.OfText(value)) || (Texts.Keys.OfPhone(value) is { } phone && (Keys.Contains(phone) || Texts.Keys.BeginningsOf(value).Any(digits => Beginnings.Any(typed => digits.StartsWith(typed, StringComparison.Ordinal)))));

    /// <summary>Reads it; words that close ones may be meant by are looked up in the index.</summary>
    public static async Task<SearchWords> ReadAsync(string typed, ISearchIndex index, CancellationToken cancellationToken)
    {
        var terms = new List<Term>();
        foreach (var word in Words.Of(typed).Select(token => token.Word).Distinct(StringComparer.Ordinal).Take(MaxTerms))
            terms.Add(new Term(word, await index.CloseWordsAsync(word, cancellationToken)));
        string[] keys = Texts.Keys.OfPhone(typed) is { } phone ? [Texts.Keys.OfText(typed), phone] : [Texts.Keys.OfText(typed)];
        return new SearchWords(terms, [.. keys.Distinct(StringComparer.Ordinal)], Texts.Keys.DigitsOf(typed) is { } digits ? [digits] : []);
    }
}
