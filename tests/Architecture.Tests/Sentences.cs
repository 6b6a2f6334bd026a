using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Architecture.Tests;

/// <summary>The sentences that stand in a source file: of interpolated ones the words, with the places of their parts as {0}, {1}.</summary>
internal sealed partial class Sentences(string source)
{
    private int _position;

    /// <summary>Those that a person may be told; what tells developers, in attributes and exceptions, is left out.</summary>
    public static IEnumerable<(string Words, bool HasParts, bool IsSaid)> Of(string source) =>
        new Sentences(source).Read().Where(literal => Sentence().IsMatch(literal.Words) && !ForDevelopers().IsMatch(literal.Line)).Select(literal => (literal.Words, literal.HasParts, literal.IsSaid));

    private IEnumerable<(string Words, bool HasParts, bool IsSaid, string Line)> Read()
    {
        while (_position < source.Length)
        {
            if (Skipped().Match(source, _position) is { Success: true } skipped)
            {
                _position += skipped.Length;
                continue;
            }

            var hasParts = source[_position] == '$';
            if (source[_position] != '"' && !(hasParts && Next(1) == '"'))
            {
                _position++;
                continue;
            }

            var start = _position;
            _position += hasParts ? 2 : 1;
            var words = ReadWords(hasParts);
            yield return (words, hasParts, source.AsSpan(0, start).EndsWith("Say("), LineAt(start));
        }
    }

    private string ReadWords(bool hasParts)
    {
        var (words, parts) = (new StringBuilder(), 0);
        for (; source[_position] != '"'; _position++)
        {
            if (source[_position] == '\\')
                words.Append(source[++_position]);
            else if (hasParts && source[_position] is '{' or '}' && Next(1) == source[_position])
                words.Append(source[_position++], 2);
            else if (hasParts && source[_position] == '{')
            {
                SkipPart();
                words.Append(CultureInfo.InvariantCulture, $"{{{parts++}}}");
            }
            else
                words.Append(source[_position]);
        }

        _position++;
        return words.ToString();
    }

    // To its closing brace, over whatever texts and brackets stand in it.
    private void SkipPart()
    {
        for (var depth = 0; ; _position++)
        {
            if (source[_position] is '{' or '(' or '[')
                depth++;
            else if (source[_position] is '}' or ')' or ']' && --depth == 0)
                return;
            else if (Skipped().Match(source, _position) is { Success: true } skipped)
                _position += skipped.Length - 1;
            else if (source[_position] == '"')
            {
                var inner = source[_position - 1] == '$';
                _position++;
                ReadWords(inner);
                _position--;
            }
        }
    }

    private char Next(int distance) => _position + distance < source.Length ? source[_position + distance] : '\0';

    private string LineAt(int position)
    {
        var end = source.IndexOf('\n', position);
        return source[(source.LastIndexOf('\n', position) + 1)..(end < 0 ? source.Length : end)];
    }

    // Comments, characters, raw and verbatim texts.
    [GeneratedRegex(@"\G(?://[^\n]*|/\*.*?\*/|'(\\.[^']*|[^\\'])'|\$*""{3,}.*?""{3,}|(\$@|@\$?)""([^""]|"""")*"")", RegexOptions.Singleline)]
    private static partial Regex Skipped();

    // It begins like one and ends like one, and has more than one word.
    [GeneratedRegex(@"\A ?([A-Z'{].* .*|\{0\}\(\) .*)([.?]|[.?]\{\d+\})\z")]
    private static partial Regex Sentence();

    [GeneratedRegex("NotAudited|AcrossTenants|LoggerMessage|Exception\\(|Justification")]
    private static partial Regex ForDevelopers();
}
