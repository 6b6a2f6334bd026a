using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Platform.Contacts.Duplicates;

/// <summary>Values in the form in which they are compared.</summary>
internal static partial class MatchTexts
{
    private const int LeastDigits = 6;
    private const char Vowel = '_';

    private static readonly char[] Separators = [' ', .. MatchScripts.Separators];
    private static readonly HashSet<string> LegalForms = [.. MatchScripts.LegalForms.Split('|')];

    /// <summary>Without what does not matter in such a field; empty where nothing is left.</summary>
    public static string Normalise(string field, string value) => field switch
    {
        "phone" => PhoneOf(value),
        "name" or "company_name" => NameOf(value),
        "website" => HostOf(value),
        "tax_number" => Letters(value.ToUpperInvariant()),
        _ => Spaces().Replace(value.Trim().ToLowerInvariant(), " "),
    };

    /// <summary>What share of their groups of three letters two texts have in common, 0 to 1; counted as pg_trgm does.</summary>
    public static double Similarity(string left, string right)
    {
        var (first, second) = (Trigrams(left), Trigrams(right));
        var common = first.Count(second.Contains);
        return common == 0 ? 0 : (double)common / (first.Count + second.Count - common);
    }

    /// <summary>How a name sounds, as platform.sound_key says it: consonants and digits; where there are none, such as in Chinese, its letters.</summary>
    public static string SoundOf(string value)
    {
        var text = new StringBuilder();
        foreach (var letter in value.ToLowerInvariant())
        {
            var latin = MatchScripts.Letters.IndexOf(letter, StringComparison.Ordinal) is var at and >= 0 ? MatchScripts.Sounds[at] : letter;
            if (char.IsAsciiLetterOrDigit(latin))
                text.Append(latin);
        }

        text.Replace("sch", "s").Replace("ph", "f").Replace("ck", "k").Replace("tz", "z").Replace("dt", "t");
        var (key, last) = (new StringBuilder(), '\0');
        foreach (var letter in text.ToString().Where(letter => letter != 'h'))
        {
            var code = CodeOf(letter);
            if (code != Vowel && (code != last || char.IsAsciiDigit(code)))
                key.Append(code);
            last = code;
        }

        return key.Length > 0 ? key.ToString() : string.Concat(value.ToLowerInvariant().Where(letter => letter > '~' || char.IsAsciiLetterOrDigit(letter)));
    }

    // A national number differs from the international one by what stands before it.
    private static string PhoneOf(string value)
    {
        var digits = string.Concat(value.Where(char.IsAsciiDigit));
        var number = value.TrimStart().StartsWith('+') ? digits : digits.StartsWith("00", StringComparison.Ordinal) ? digits[2..] : digits;
        return digits.Length < LeastDigits ? "" : number;
    }

    private static string NameOf(string value) => string.Join(' ', value.ToLowerInvariant().Replace(".", "", StringComparison.Ordinal)
        .Split(Separators, StringSplitOptions.RemoveEmptyEntries).Where(word => !LegalForms.Contains(word)));

    private static string HostOf(string value)
    {
        var text = value.Trim().ToLowerInvariant();
        var host = text[(text.IndexOf("://", StringComparison.Ordinal) is var at and >= 0 ? at + 3 : 0)..].Split('/', '?', '#', ':')[0];
        return host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
    }

    private static string Letters(string value, char? otherwise = null) =>
        string.Concat(value.Select(letter => char.IsLetterOrDigit(letter) ? $"{letter}" : $"{otherwise}"));

    private static HashSet<string> Trigrams(string value)
    {
        var groups = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in Letters(value.ToLower(CultureInfo.InvariantCulture), ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => $"  {word} "))
        {
            for (var i = 0; i + 3 <= word.Length; i++)
                groups.Add(word.Substring(i, 3));
        }

        return groups;
    }

    private static char CodeOf(char letter) => letter switch
    {
        'b' or 'p' or 'f' or 'v' or 'w' => 'b',
        'c' or 'g' or 'j' or 'k' or 'q' or 's' or 'x' or 'z' => 's',
        'd' or 't' => 't',
        'm' or 'n' => 'n',
        'l' or 'r' => letter,
        >= '0' and <= '9' => letter,
        _ => Vowel,
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
