using System.Globalization;
using System.Text.Json;

namespace Platform.Sidecar.PubSub.Subscriptions;

/// <summary>Turns the text of an expression into a function of the event, by descent.</summary>
internal sealed class MatchParser(string expression)
{
    private const int DeepestNesting = 50;

    private readonly MatchTokens _tokens = new(expression);
    private int _nesting;

    /// <exception cref="FormatException">The expression is not understood.</exception>
    public Func<JsonElement, object?> Parse()
    {
        var evaluate = Choice();
        return _tokens.Peek is { } rest ? throw new FormatException($"'{rest}' is unexpected") : evaluate;
    }

    private Func<JsonElement, object?> Choice()
    {
        if (++_nesting > DeepestNesting)
            throw new FormatException("it is nested too deeply");
        var condition = Binary(Conjunction, MatchOperators.Or, "||");
        if (_tokens.Accept("?"))
        {
            var (test, yes) = (condition, Choice());
            _tokens.Require(":");
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
        while (_tokens.Accept(token))
            left = Combine(left, operand(), operation);
        return left;
    }

    private Func<JsonElement, object?> Comparison()
    {
        var left = Unary();
        while (_tokens.Peek is "==" or "!=" or "<" or "<=" or ">" or ">=" or "in")
        {
            var comparison = _tokens.Next();
            left = Combine(left, Unary(), comparison == "in" ? MatchOperators.In : (one, other) => MatchOperators.Compare(comparison, one, other));
        }

        return left;
    }

    private Func<JsonElement, object?> Unary()
    {
        if (!_tokens.Accept("!"))
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
            if (_tokens.Accept("."))
                value = Dot(value, _tokens.Next());
            else if (_tokens.Accept("["))
                value = Combine(value, Then("]", Choice()), MatchOperators.Member);
            else
                return value;
        }
    }

    private Func<JsonElement, object?> Dot(Func<JsonElement, object?> holder, string name)
    {
        if (!MatchTokens.IsName(name))
            throw new FormatException($"'{name}' is no name");
        if (!_tokens.Accept("("))
            return cloudEvent => MatchOperators.Member(holder(cloudEvent), name);
        if (name == "size")
            return Then(")", (JsonElement cloudEvent) => MatchOperators.Size(holder(cloudEvent)));
        if (name is not ("startsWith" or "endsWith" or "contains" or "matches"))
            throw new FormatException($"the function '{name}' is not known");
        return Combine(holder, Then(")", Choice()), (text, argument) => MatchOperators.OnText(name, text, argument));
    }

    private Func<JsonElement, object?> Operand()
    {
        var token = _tokens.Next();
        if (token == "(")
            return Then(")", Choice());
        if (token == "[")
            return List();
        if (token[0] is '"' or '\'')
            return Constant(MatchTokens.Unquote(token));
        if (double.TryParse(token.TrimEnd('u'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return Constant(number);
        return token switch
        {
            "true" => Constant(true),
            "false" => Constant(false),
            "null" => Constant(null),
            "event" => cloudEvent => cloudEvent,
            "has" when _tokens.Accept("(") => Has(Then(")", Choice())),
            "size" when _tokens.Accept("(") => Sized(Then(")", Choice())),
            _ => throw new FormatException($"'{token}' is unexpected"),
        };
    }

    private Func<JsonElement, object?> List()
    {
        var items = new List<Func<JsonElement, object?>>();
        while (!_tokens.Accept("]"))
        {
            items.Add(Choice());
            if (!_tokens.Accept(","))
                return Then<Func<JsonElement, object?>>("]", cloudEvent => items.ConvertAll(item => item(cloudEvent)).ToArray());
        }

        return cloudEvent => items.ConvertAll(item => item(cloudEvent)).ToArray();
    }

    private static Func<JsonElement, object?> Has(Func<JsonElement, object?> member) => cloudEvent => member(cloudEvent) is not MatchFailure;

    private static Func<JsonElement, object?> Sized(Func<JsonElement, object?> value) => cloudEvent => MatchOperators.Size(value(cloudEvent));

    private static Func<JsonElement, object?> Constant(object? value) => _ => value;

    private T Then<T>(string token, T result)
    {
        _tokens.Require(token);
        return result;
    }
}
