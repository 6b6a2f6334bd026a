using System.Globalization;
using System.Text;

namespace Platform.Filtering.Parsing;

/// <summary>Reads a quoted text: <c>\"</c>, <c>\'</c>, <c>\\</c>, <c>\n</c>, <c>\r</c>, <c>\t</c>, <c>\uXXXX</c>, and <c>\*</c> for an asterisk that is no wildcard.</summary>
internal sealed class QuotedText(string text, int start, char quote)
{
    private readonly StringBuilder _segment = new();
    private readonly List<string> _segments = [];
    private readonly StringBuilder _value = new();

    /// <summary>Behind the closing quote.</summary>
    public int End { get; private set; } = start + 1;

    public string Value => _value.ToString();

    public IReadOnlyList<string> Segments => _segments;

    public (int Position, string Message)? Read()
    {
        while (End < text.Length && text[End] != quote)
        {
            if (text[End] == '\\')
            {
                if (!TryReadEscape(out var character))
                    return (End, @"Unknown escape. Write \\ for a backslash; \"", \', \*, \n, \r, \t and \uXXXX are known.");
                Add(character);
            }
            else if (text[End] == '*')
            {
                EndSegment();
                _value.Append('*');
                End++;
            }
            else
            {
                Add(text[End++]);
            }
        }

        if (End >= text.Length)
            return (start, "This quote is never closed.");
        End++;
        EndSegment();
        return null;
    }

    private bool TryReadEscape(out char character)
    {
        var escaped = End + 1 < text.Length ? text[End + 1] : '\0';
        character = escaped switch { 'n' => '\n', 'r' => '\r', 't' => '\t', _ => escaped };
        if (escaped == 'u')
        {
            if (End + 6 > text.Length || !ushort.TryParse(text.AsSpan(End + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
                return false;
            character = (char)code;
            End += 6;
            return true;
        }

        if (escaped is not ('n' or 'r' or 't' or '\\' or '"' or '\'' or '*'))
            return false;
        End += 2;
        return true;
    }

    private void Add(char character)
    {
        _segment.Append(character);
        _value.Append(character);
    }

    private void EndSegment()
    {
        _segments.Add(_segment.ToString());
        _segment.Clear();
    }
}
