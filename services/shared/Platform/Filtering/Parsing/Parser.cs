using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Filtering.Parsing;

/// <summary>
/// The grammar of AIP-160: <c>OR</c> binds tighter than a sequence, which binds tighter than <c>AND</c>. Depth and number of
/// terms are counted, so that no text can exhaust the stack.
/// </summary>
internal sealed class Parser
{
    private readonly IReadOnlyList<Token> _tokens;
    private Error? _error;
    private int _index;
    private int _depth;
    private int _terms;

    private Parser(IReadOnlyList<Token> tokens, Error? error) => (_tokens, _error) = (tokens, error);

    private Token Current => _tokens[_index];

    private Token Next => _tokens[Math.Min(_index + 1, _tokens.Count - 1)];

    /// <summary>The fault of the text, or null and its tree.</summary>
    public static Error? Parse(string text, out Node root)
    {
        root = new AllOf([], 0);
        if (text.Length > FilterLimits.Length)
            return FilterErrors.TooLarge(Say($"A filter has at most {FilterLimits.Length:N0} characters; this one has {text.Length:N0}."));
        var lexer = new Lexer(text);
        var tokens = lexer.Read();
        var parser = new Parser(tokens, lexer.Error);
        if (lexer.Error is null)
            root = parser.ParseAll();
        return parser._error;
    }

    private Node ParseAll()
    {
        var root = ParseExpression(null);
        if (_error is null && Current.Kind == TokenKind.Close)
            Fail(Current, "This parenthesis was never opened.");
        else if (_error is null && Current.Kind != TokenKind.End)
            Fail(Current, Say($"'{Current.Text}' was not expected here."));
        return root;
    }

    /// <param name="target">Where the expression is a list of values, the comparison that each of them takes part in.</param>
    private Node ParseExpression(Target? target)
    {
        var start = Current.Position;
        var items = new List<Node> { ParseSequence(target) };
        while (IsWord("AND"))
        {
            _index++;
            items.Add(ParseSequence(target));
        }

        return items.Count == 1 ? items[0] : new AllOf(items, start);
    }

    private Node ParseSequence(Target? target)
    {
        var start = Current.Position;
        var items = new List<Node> { ParseFactor(target) };
        while (_error is null && Current.Kind is not (TokenKind.End or TokenKind.Close or TokenKind.Comma) && !IsWord("AND"))
            items.Add(ParseFactor(target));
        return items.Count == 1 ? items[0] : new AllOf(items, start);
    }

    private Node ParseFactor(Target? target)
    {
        var start = Current.Position;
        var items = new List<Node> { ParseTerm(target) };
        while (IsWord("OR"))
        {
            _index++;
            items.Add(ParseTerm(target));
        }

        return items.Count == 1 ? items[0] : new AnyOf(items, start);
    }

    private Node ParseTerm(Target? target)
    {
        var start = Current;
        if (!IsWord("NOT") && !IsNegation(target))
            return ParseSimple(target);
        _index++;
        return new Negation(ParseSimple(target), start.Position);
    }

    // In a list of values a minus belongs to the number that follows it.
    private bool IsNegation(Target? target) => Current.Kind == TokenKind.Minus && target is null;

    private Node ParseSimple(Target? target)
    {
        if (Current.Kind == TokenKind.Open)
            return ParseParenthesis(target);
        return target is null ? ParseRestriction() : ParseValue(target);
    }

    private Node ParseParenthesis(Target? target)
    {
        var open = Current;
        if (++_depth > FilterLimits.Depth)
            return Fail(open, Say($"Parentheses are nested deeper than {FilterLimits.Depth} levels."));
        _index++;
        var inner = ParseExpression(target);
        _depth--;
        if (_error is null && Current.Kind != TokenKind.Close)
            return Fail(open, "This parenthesis is never closed.");
        Skip();
        return inner;
    }

    private Node ParseRestriction()
    {
        if (ParseField() is not { } field)
            return Broken;
        if (Current.Kind != TokenKind.Comparator)
            return Count(new Restriction(field, Comparator.Equal, new Literal("true", ["true"], IsQuoted: false, field.Position), field.Position));
        var target = new Target(field, ComparatorOf(Current.Text));
        _index++;
        return Current.Kind == TokenKind.Open ? ParseParenthesis(target) : ParseValue(target);
    }

    private FieldPath? ParseField()
    {
        var first = Current;
        if (first.Kind == TokenKind.Word && Next.Kind == TokenKind.Open && first.Touches(Next))
            return Fail<FieldPath>(first, "A function stands on the right of a comparison: create_time >= startOfMonth().");
        if (!IsName(first))
            return Fail<FieldPath>(first, first.Kind == TokenKind.End ? "The filter ends where a field was expected." : Say($"A field was expected here, not '{first.Text}'."));
        var parts = new List<string> { first.Text };
        _index++;
        while (Current.Kind == TokenKind.Dot)
        {
            _index++;
            if (Current.Kind is not (TokenKind.Word or TokenKind.Quoted))
                return Fail<FieldPath>(Current, "A name was expected after the dot.");
            if (parts.Count == FilterLimits.Path)
                return Fail<FieldPath>(Current, Say($"A path has at most {FilterLimits.Path} names."));
            parts.Add(Current.Text);
            _index++;
        }

        return new FieldPath(parts, first.Position);
    }

    private static bool IsName(Token token) => token.Kind == TokenKind.Word && !token.IsKeyword;

    private Node ParseValue(Target target)
    {
        if (ParseArgument() is not { } argument)
            return Broken;
        return Count(new Restriction(target.Field, target.Comparator, argument, target.Field.Position));
    }

    private Argument? ParseArgument()
    {
        if (Current.Kind == TokenKind.Word && Next.Kind == TokenKind.Open && Current.Touches(Next))
            return ParseCall();
        return ParseLiteral();
    }

    private Call? ParseCall()
    {
        var name = Current;
        _index += 2;
        var arguments = new List<Literal>();
        while (Current.Kind != TokenKind.Close)
        {
            if (ParseLiteral() is not { } argument)
                return null;
            arguments.Add(argument);
            if (Current.Kind == TokenKind.Comma && Next.Kind != TokenKind.Close)
                _index++;
            else if (Current.Kind != TokenKind.Close)
                return Fail<Call>(Current, Say($"The arguments of {name.Text}() are never closed."));
        }

        _index++;
        return new Call(name.Text, arguments, name.Position);
    }

    /// <summary>A quoted text; or words, dots and a leading minus without space between: <c>-5.50</c>, <c>ann@acme.example</c>.</summary>
    private Literal? ParseLiteral()
    {
        var first = Current;
        if (first.Kind == TokenKind.Quoted)
        {
            _index++;
            return new Literal(first.Text, first.Segments, IsQuoted: true, first.Position);
        }

        if (first.Kind is not (TokenKind.Word or TokenKind.Minus or TokenKind.Dot) || first.IsKeyword)
            return Fail<Literal>(first, first.Kind == TokenKind.End ? "The filter ends where a value was expected." : Say($"A value was expected here, not '{first.Text}'."));
        var text = first.Text;
        for (_index++; Current.Kind is TokenKind.Word or TokenKind.Dot && _tokens[_index - 1].Touches(Current); _index++)
            text += Current.Text;
        return new Literal(text, text.Split('*'), IsQuoted: false, first.Position);
    }

    internal static Comparator ComparatorOf(string text) => text switch
    {
        "=" => Comparator.Equal,
        "!=" => Comparator.NotEqual,
        "<" => Comparator.Less,
        "<=" => Comparator.LessOrEqual,
        ">" => Comparator.Greater,
        ">=" => Comparator.GreaterOrEqual,
        _ => Comparator.Has,
    };

    private Node Count(Restriction restriction) => ++_terms > FilterLimits.Terms
        ? Fail(_tokens[_index], Say($"A filter has at most {FilterLimits.Terms} comparisons."))
        : restriction;

    private bool IsWord(string word) => Current.Kind == TokenKind.Word && Current.Text == word;

    private void Skip()
    {
        if (_error is null)
            _index++;
    }

    private static Node Broken { get; } = new AllOf([], 0);

    // Reading goes on at the end, where every loop stops.
    [SuppressMessage("Performance", "CA1859", Justification = "What is broken stands for any node.")]
    private Node Fail(Token token, string message)
    {
        _error ??= FilterErrors.At(token.Position, message);
        _index = _tokens.Count - 1;
        return Broken;
    }

    private T? Fail<T>(Token token, string message)
        where T : class
    {
        Fail(token, message);
        return null;
    }

    private sealed record Target(FieldPath Field, Comparator Comparator);
}
