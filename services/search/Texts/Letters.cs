using System.Collections.Frozen;
using System.Text;

namespace Platform.Search.Texts;

/// <summary>Letters as they are compared. A table of its own, because without cultures .NET takes no accents away.</summary>
internal static class Letters
{
    private const char CombiningBreve = '\u0306';

    private static readonly FrozenDictionary<char, string> Plain = new (string From, string To)[]
    {
        ("àáâãäåāăąǎ", "a"), ("çćĉċč", "c"), ("ðďđ", "d"), ("èéêëēĕėęěẽ", "e"), ("ĝğġģ", "g"), ("ĥħ", "h"), ("ìíîïĩīĭįı", "i"), ("ĵ", "j"), ("ķ", "k"),
        ("ĺļľŀł", "l"), ("ñńņňŉ", "n"), ("òóôõöøōŏőǒ", "o"), ("ŕŗř", "r"), ("śŝşšș", "s"), ("ţťŧț", "t"), ("ùúûüũūŭůűųǔ", "u"), ("ŵ", "w"), ("ýÿŷ", "y"),
        ("źżž", "z"), ("æ", "ae"), ("œ", "oe"), ("ß", "ss"), ("þ", "th"), ("ё", "е"),
    }.SelectMany(letters => letters.From.Select(letter => KeyValuePair.Create(letter, letters.To))).ToFrozenDictionary();

    /// <summary>Whether it is a part of a word.</summary>
    public static bool IsOfWord(Rune rune) => Rune.IsLetterOrDigit(rune) || IsMark(rune);

    /// <summary>Whether it stands above or below the letter before it.</summary>
    public static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark;

    /// <summary>Adds it to a word.</summary>
    public static void Append(StringBuilder word, Rune rune)
    {
        if (IsMark(rune))
        {
            // The only letter of its own among those that a mark makes of another one: й.
            if (rune.Value == CombiningBreve && word is { Length: > 0 } && word[^1] == 'и')
                word[^1] = 'й';
            return;
        }

        var lower = Rune.ToLowerInvariant(rune);
        if (lower.IsBmp && Plain.TryGetValue((char)lower.Value, out var plain))
            word.Append(plain);
        else
            word.Append(lower);
    }
}
