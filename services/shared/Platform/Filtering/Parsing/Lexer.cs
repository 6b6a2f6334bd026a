using System.Text.RegularExpressions;
using Platform.Errors;

namespace Platform.Filtering.Parsing;

/// <summary>Cuts an expression into tokens.</summary>
/// <param name="text">The expression.</param>
/// <param name="isFormula">Then <c>+ - * /</c> are signs wherever they stand, and moments stand in quotes.</param>
internal sealed partial class Lexer(string text, bool isFormula = false)
{
    private readonly List<Token> _tokens = [];
    private int _position;

    /// <summary>The fault; null where all of the text was understood.</summary>
    public Error? Error { get; private set; }

    public IReadOnlyList<Token> Read()
    {
        while (Error is null && _position < text.Length)
        {
            if (char.IsWhiteSpace(text[_position]))
                _position++;
            else
                ReadToken(text[_position]);
        }

        _tokens.Add(new Token(TokenKind.End, "", text.Length, text.Length));
        return _tokens;
    }

    private void ReadToken(char first)
    {
        switch (first)
        {
            case '"' or '\'':
                ReadQuoted(first);
                break;
            case '(' or ')' or '.' or ',' or '-':
                Add(KindOf(first), 1);
                break;
            case '+' or '*' or '/' when isFormula:
                Add(TokenKind.Operator, 1);
                break;
            case '=' or ':' or '<' or '>' or '!':
                ReadComparator();
                break;
            default:
                ReadWord();
                break;
        }
    }

    private static TokenKind KindOf(char mark) => mark switch
    {
        '(' => TokenKind.Open,
        ')' => TokenKind.Close,
        '.' => TokenKind.Dot,
        ',' => TokenKind.Comma,
        _ => TokenKind.Minus,
    };

    private void ReadComparator()
    {
        var next = _position + 1 < text.Length ? text[_position + 1] : ' ';
        if (text[_position] is '<' or '>' or '!' && next == '=')
            Add(TokenKind.Comparator, 2);
        else if (text[_position] == '!')
            Fail(_position, "'!' stands only in '!='; write NOT to negate.");
        else if (text[_position] == '=' && next == '=')
            Fail(_position, "Write '=' once.");
        else
            Add(TokenKind.Comparator, 1);
    }

    private void ReadWord()
    {
        // A moment is written without quotes as well, though colons compare elsewhere.
        var moment = isFormula ? Match.Empty : Moment().Match(text, _position);
        var end = moment.Success ? _position + moment.Length : _position;
        while (!moment.Success && end < text.Length && IsWordCharacter(text[end]))
            end++;
        var word = text[_position..end];
        if (word.AsSpan().IndexOfAnyInRange('\0', '\u001f') >= 0 || !IsWellFormed(word))
            Fail(_position, "A character here is not allowed.");
        Add(TokenKind.Word, end - _position, word.Split('*'));
    }

    private void ReadQuoted(char quote)
    {
        var reader = new QuotedText(text, _position, quote);
        if (reader.Read() is { } problem)
            Fail(problem.Position, problem.Message);
        else if (!IsWellFormed(reader.Value))
            Fail(_position, "This text has a character that is not allowed: U+0000, or half of a surrogate pair.");
        else
            _tokens.Add(new Token(TokenKind.Quoted, reader.Value, _position, reader.End) { Segments = reader.Segments });
        _position = reader.End;
    }

    private void Add(TokenKind kind, int length, string[]? segments = null)
    {
        _tokens.Add(new Token(kind, text.Substring(_position, length), _position, _position + length) { Segments = segments ?? [] });
        _position += length;
    }

    private void Fail(int position, string message) => Error ??= FilterErrors.At(position, message);

    private bool IsWordCharacter(char c) => !char.IsWhiteSpace(c) && !(isFormula && c is ('+' or '-' or '*' or '/')) && c is not ('(' or ')' or ',' or ':' or '=' or '!' or '<' or '>' or '"' or '\'' or '.');

    // PostgreSQL keeps neither of them, so no row has one.
    private static bool IsWellFormed(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
                i++;
            else if (value[i] == '\0' || char.IsSurrogate(value[i]))
                return false;
        }

        return true;
    }

    [GeneratedRegex(@"\G[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?([Zz]|[+-][0-9]{2}:[0-9]{2})?")]
    private static partial Regex Moment();
}
