using System.Globalization;
using Platform.Errors;
using Platform.Filtering;
using Platform.Filtering.Parsing;
using Platform.Filtering.Values;
using static Platform.Languages.Wording;

namespace Platform.CustomFields.Formulas;

/// <summary>
/// The grammar of filters, with arithmetic below the comparisons: <c>OR</c> binds tighter than <c>AND</c> here too. Types are
/// checked on the way; depth and number of parts are counted, so that no text can exhaust the stack.
/// </summary>
internal sealed class FormulaParser(IReadOnlyDictionary<string, FormulaType> fields)
{
    private static readonly FormulaNode Broken = FormulaNode.Constant(FormulaType.Number, FormulaValue.Missing);

    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private IReadOnlyList<Token> _tokens = [];
    private int _index;
    private int _depth;
    private int _parts;

    public Error? Error { get; private set; }

    public IReadOnlySet<string> Read => _read;

    private Token Current => _tokens[_index];

    private Token Next => _tokens[Math.Min(_index + 1, _tokens.Count - 1)];

    public FormulaNode? Parse(string text)
    {
        if (text.Length > FilterLimits.Length)
        {
            Error = FormulaErrors.TooLarge(Say($"A formula has at most {FilterLimits.Length:N0} characters; this one has {text.Length:N0}."));
            return null;
        }

        var lexer = new Lexer(text, isFormula: true);
        _tokens = lexer.Read();
        if (lexer.Error is { } fault)
        {
            Error = FormulaErrors.TooLarge(fault.Message);
            return null;
        }

        var root = ParseAll();
        if (Error is null && Current.Kind != TokenKind.End)
            Fail(Current, Current.Kind == TokenKind.Close ? "This parenthesis was never opened." : Say($"'{Current.Text}' was not expected here."));
        return root;
    }

    private FormulaNode ParseAll() => ParseJoined("AND", all: true, () => ParseJoined("OR", all: false, ParseNegation));

    private FormulaNode ParseJoined(string word, bool all, Func<FormulaNode> parse)
    {
        var start = Current;
        var nodes = new List<FormulaNode> { parse() };
        while (Error is null && IsWord(word))
        {
            Require(nodes[^1], FormulaType.Boolean, start);
            if (Error is not null)
                return Broken;
            _index++;
            start = Current;
            nodes.Add(parse());
        }

        if (nodes.Count > 1)
            Require(nodes[^1], FormulaType.Boolean, start);
        return nodes.Count == 1 ? nodes[0] : FormulaLogic.Join(nodes, all);
    }

    private FormulaNode ParseNegation()
    {
        if (!IsWord("NOT"))
            return ParseComparison();
        _index++;
        var start = Current;
        var inner = ParseComparison();
        Require(inner, FormulaType.Boolean, start);
        return FormulaLogic.Not(inner);
    }

    private FormulaNode ParseComparison()
    {
        var left = ParseSum();
        if (Error is not null || Current.Kind != TokenKind.Comparator)
            return left;
        var sign = Current;
        _index++;
        var right = ParseSum();
        return Error is not null ? Broken : FormulaLogic.Compare(Parser.ComparatorOf(sign.Text), left, right)
            ?? Fail(sign, Say($"'{sign.Text}' does not compare {left.Type.Name()} with {right.Type.Name()}."));
    }

    private FormulaNode ParseSum() => ParseOperations(ParseProduct, token => token.Kind == TokenKind.Minus || token is { Kind: TokenKind.Operator, Text: "+" });

    private FormulaNode ParseProduct() => ParseOperations(ParseSign, token => token is { Kind: TokenKind.Operator, Text: "*" or "/" });

    private FormulaNode ParseOperations(Func<FormulaNode> parse, Func<Token, bool> isMeant)
    {
        var left = parse();
        while (Error is null && isMeant(Current))
        {
            var sign = Current;
            _index++;
            var right = parse();
            if (Error is null)
                left = FormulaArithmetic.Of(sign.Text, left, right) ?? Fail(sign, Say($"'{sign.Text}' does not join {left.Type.Name()} and {right.Type.Name()}."));
        }

        return left;
    }

    private FormulaNode ParseSign()
    {
        var sign = Current;
        if (sign.Kind != TokenKind.Minus)
            return ParsePart();
        _index++;
        return Nested(sign, () =>
        {
            var inner = ParseSign();
            return Error is not null ? Broken : FormulaArithmetic.Negate(inner) ?? Fail(sign, Say($"'-' does not stand before {inner.Type.Name()}."));
        });
    }

    private FormulaNode ParsePart()
    {
        var token = Current;
        if (++_parts > FilterLimits.Terms)
            return Fail(token, Say($"A formula has at most {FilterLimits.Terms} parts."));
        switch (token.Kind)
        {
            case TokenKind.Open:
                _index++;
                return Nested(token, () => Closed(token, ParseAll()));
            case TokenKind.Quoted:
                _index++;
                return FormulaNode.Constant(FormulaType.Text, token.Text);
            case TokenKind.Word when Next.Kind == TokenKind.Open && token.Touches(Next) && !token.IsKeyword:
                return Nested(token, ParseCall);
            case TokenKind.Word when char.IsAsciiDigit(token.Text[0]):
                return ParseNumber();
            case TokenKind.Word when !token.IsKeyword:
                return ParseField();
            default:
                return Fail(token, token.Kind == TokenKind.End ? "The formula ends where a value was expected." : Say($"A value was expected here, not '{token.Text}'."));
        }
    }

    private FormulaNode ParseNumber()
    {
        var first = Current;
        var text = first.Text;
        for (_index++; Current.Kind is TokenKind.Word or TokenKind.Dot && _tokens[_index - 1].Touches(Current); _index++)
            text += Current.Text;
        return Numbers.ParseDecimal(text) is { } number ? FormulaNode.Constant(FormulaType.Number, number)
            : Fail(first, Say($"'{text}' is no number: use one such as 12.5, of at most 28 digits; write a date as date(\"2026-05-31\")."));
    }

    private FormulaNode ParseField()
    {
        var first = Current;
        var name = first.Text;
        for (_index++; Current.Kind == TokenKind.Dot && Next.Kind == TokenKind.Word; _index += 2)
            name += $".{Next.Text}";
        if (name is "true" or "false")
            return FormulaNode.Constant(FormulaType.Boolean, name == "true");
        if (!fields.TryGetValue(name, out var type))
            return Fail(first, Say($"There is no field '{name}' that a formula can read.{FilterErrors.DidYouMean(name, fields.Keys)}"));
        _read.Add(name);
        return new FormulaNode(type, row => row(name));
    }

    private FormulaNode ParseCall()
    {
        var name = Current;
        _index += 2;
        var arguments = new List<FormulaNode>();
        while (Error is null && Current.Kind != TokenKind.Close)
        {
            arguments.Add(ParseAll());
            if (Error is null && Current.Kind == TokenKind.Comma && Next.Kind != TokenKind.Close)
                _index++;
            else if (Error is null && Current.Kind != TokenKind.Close)
                return Fail(Current, Say($"The arguments of {name.Text}() are never closed."));
        }

        if (Error is not null)
            return Broken;
        _index++;
        if (name.Text is "now" or "today")
            return Fail(name, "A formula has no clock, because its value is kept: compare with today() in the filter of a list.");
        if (FormulaFunctions.Find(name.Text) is not { } function)
            return Fail(name, Say($"There is no function '{name.Text}'.{FilterErrors.DidYouMean(name.Text, FormulaFunctions.Names)}"));
        return function.Apply(arguments) ?? Fail(name, Say($"Use {Say(function.Usage)}."));
    }

    private FormulaNode Closed(Token open, FormulaNode inner)
    {
        if (Error is null && Current.Kind != TokenKind.Close)
            return Fail(open, "This parenthesis is never closed.");
        if (Error is null)
            _index++;
        return inner;
    }

    private FormulaNode Nested(Token start, Func<FormulaNode> parse)
    {
        if (++_depth > FilterLimits.Depth)
            return Fail(start, Say($"Parentheses and functions are nested deeper than {FilterLimits.Depth} levels."));
        var inner = parse();
        _depth--;
        return inner;
    }

    private void Require(FormulaNode node, FormulaType type, Token start)
    {
        if (Error is null && node.Type != type)
            Fail(start, Say($"This is {node.Type.Name()}, where {type.Name()} was expected."));
    }

    private bool IsWord(string word) => Current.Kind == TokenKind.Word && Current.Text == word;

    // Reading goes on at the end, where every loop stops.
    private FormulaNode Fail(Token token, string message)
    {
        Error ??= FormulaErrors.At(token.Position, message);
        _index = _tokens.Count - 1;
        return Broken;
    }
}
