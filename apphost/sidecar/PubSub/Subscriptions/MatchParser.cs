using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Platform.Sidecar.PubSub.Subscriptions;

/// <summary>Turns the text of an expression into a function of the event, by descent.</summary>
internal sealed partial class MatchParser(string expression)
{
    private const int DeepestNesting = 50;

    private readonly Queue<string> _tokens = new(Token().Matches(expression).Select(match => match.Value).Where(token => !string.IsNullOrWhiteSpace(token)));
    private int _nesting;

    /// <exception cref="FormatException">The expression is not understood.</exception>
    public Func<JsonElement, object?> Parse()
    {
        var evaluate = Choice();
        return _tokens.TryPeek(out var rest) ? throw new FormatException($"'{rest}' is unexpected") : evaluate;
    }

    private Func<JsonElement, object?> Choice()
    {
        if (++_nesting > DeepestNesting)
            throw new FormatException("it is nested too deeply");
        var condition = Binary(Conjunction, MatchOperators.Or, "||");
        if (Accept("?"))
        {
            var (test, yes) = (condition, Choice());
            Require(":");
            var no = Choice();
            condition = cloudEvent => test(cloudEvent) switch
            {
                true => yes(cloudEvent),
                false => no(cloudEvent),
                var other => MatchOperators.Not(other),
            };
        }

        _nesting--;
        return condition;
    }

    private Func<JsonElement, object?> Conjunction() => Binary(Comparison, MatchOperators.And, "&&");

    private static Func<JsonElement, object?> Combine(
        Func<JsonElement, object?> left, Func<JsonElement, object?> right, Func<object?, object?, object?> operation) =>
        cloudEvent => operation(left(cloudEvent), right(cloudEvent));

    private Func<JsonElement, object?> Binary(Func<Func<JsonElement, object?>> operand, Func<object?, object?, object?> operation, string token)
    {
        var left = operand();
        while (Accept(token))
            left = Combine(left, operand(), operation);
        return left;
    }

    private Func<JsonElement, object?> Comparison()
    {
        var left = Unary();
        while (_tokens.TryPeek(out var token) && token is "==" or "!=" or "<" or "<=" or ">" or ">=" or "in")
        {
            var comparison = _tokens.Dequeue();
            left = Combine(left, Unary(), comparison == "in" ? MatchOperators.In : (one, other) => MatchOperators.Compare(comparison, one, other));
        }

        return left;
    }

    private Func<JsonElement, object?> Unary()
    {
        if (!Accept("!"))
            return Member();
        if (++_nesting > DeepestNesting)
            throw new FormatException("it is nested too deeply");
        var operand = Unary();
        _nesting--;
        return cloudEvent => MatchOperators.Not(operand(cloudEvent));
    }

    private Func<JsonElement, object?> Member()
    {
        var value = Operand();
        while (true)
        {
            if (Accept("."))
                value = Dot(value, Next());
            else if (Accept("["))
                value = Combine(value, Then("]", Choice()), MatchOperators.Member);
            else
                return value;
        }
    }

    private Func<JsonElement, object?> Dot(Func<JsonElement, object?> holder, string name)
    {
        if (!Name().IsMatch(name))
            throw new FormatException($"'{name}' is no name");
        if (!Accept("("))
            return cloudEvent => MatchOperators.Member(holder(cloudEvent), name);
        if (name == "size")
            return Then(")", (JsonElement cloudEvent) => MatchOperators.Size(holder(cloudEvent)));
        if (name is not ("startsWith" or "endsWith" or "contains" or "matches"))
            throw new FormatException($"the function '{name}' is not known");
        return Combine(holder, Then(")", Choice()), (text, argument) => MatchOperators.OnText(name, text, argument));
    }

    private Func<JsonElement, object?> Operand()
    {
        var token = Next();
        if (token == "(")
            return Then(")", Choice());
        if (token == "[")
            return List();
        if (token[0] is '"' or '\'')
            return Constant(Unescape(token));
        if (double.TryParse(token.TrimEnd('u'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return Constant(number);
        return token switch
        {
            "true" => Constant(true),
            "false" => Constant(false),
            "null" => Constant(null),
            "event" => cloudEvent => cloudEvent,
            "has" when Accept("(") => Has(Then(")", Choice())),
            "size" when Accept("(") => Sized(Then(")", Choice())),
            _ => throw new FormatException($"'{token}' is unexpected"),
        };
    }

    private Func<JsonElement, object?> List()
    {
        var items = new List<Func<JsonElement, object?>>();
        while (!Accept("]"))
        {
            items.Add(Choice());
            if (!Accept(","))
                return Then<Func<JsonElement, object?>>("]", cloudEvent => items.ConvertAll(item => item(cloudEvent)).ToArray());
        }

        return cloudEvent => items.ConvertAll(item => item(cloudEvent)).ToArray();
    }

    private static Func<JsonElement, object?> Has(Func<JsonElement, object?> member) => cloudEvent => member(cloudEvent) is not MatchFailure;

    private static Func<JsonElement, object?> Sized(Func<JsonElement, object?> value) => cloudEvent => MatchOperators.Size(value(cloudEvent));

    private static Func<JsonElement, object?> Constant(object? value) => _ => value;

    private static string Unescape(string token)
    {
        try
        {
            return Regex.Unescape(token[1..^1]);
        }
        catch (ArgumentException error)
        {
            throw new FormatException($"{token} is no text", error);
        }
    }

    private string Next() => _tokens.TryDequeue(out var token) ? token : throw new FormatException("it ends too early");

    private bool Accept(string token) => _tokens.TryPeek(out var next) && next == token && _tokens.TryDequeue(out _);

    private void Require(string token)
    {
        if (!Accept(token))
            throw new FormatException(_tokens.TryPeek(out var other) ? $"'{token}' is missing before '{other}'" : $"'{token}' is missing at the end");
    }

    private T Then<T>(string token, T result)
    {
        Require(token);
        return result;
    }

    [GeneratedRegex("""&&|\|\||[=!<>]=|[!<>?:(),.\[\]]|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[A-Za-z_]\w*|-?\d+(?:\.\d+)?u?|\S""")]
    private static partial Regex Token();

    [GeneratedRegex(@"^[A-Za-z_]\w*$")]
    private static partial Regex Name();
}
