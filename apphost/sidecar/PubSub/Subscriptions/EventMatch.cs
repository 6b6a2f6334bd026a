using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Platform.Sidecar.PubSub.Subscriptions;

/// <summary>
/// A routing rule's condition on the event: the part of CEL that routing needs, with attributes (<c>event.type</c>,
/// <c>event.data.kind</c>), literals, <c>== != &amp;&amp; || !</c> and parentheses.
/// </summary>
internal sealed partial class EventMatch
{
    private readonly Func<JsonElement, object?> _evaluate;

    private EventMatch(Func<JsonElement, object?> evaluate) => _evaluate = evaluate;

    /// <exception cref="FormatException">The expression is none, or goes beyond the part that is understood here.</exception>
    public static EventMatch Parse(string expression)
    {
        var tokens = new Queue<string>(Token().Matches(expression).Select(match => match.Value.Trim()).Where(token => token.Length > 0));
        var evaluate = Or(tokens);
        return tokens.TryPeek(out var rest) ? throw new FormatException($"'{rest}' is not understood in '{expression}'") : new EventMatch(evaluate);
    }

    public bool Matches(JsonElement cloudEvent) => _evaluate(cloudEvent) is true;

    private static Func<JsonElement, object?> Or(Queue<string> tokens)
    {
        var left = And(tokens);
        while (Accept(tokens, "||"))
        {
            var (first, second) = (left, And(tokens));
            left = cloudEvent => first(cloudEvent) is true || second(cloudEvent) is true;
        }

        return left;
    }

    private static Func<JsonElement, object?> And(Queue<string> tokens)
    {
        var left = Comparison(tokens);
        while (Accept(tokens, "&&"))
        {
            var (first, second) = (left, Comparison(tokens));
            left = cloudEvent => first(cloudEvent) is true && second(cloudEvent) is true;
        }

        return left;
    }

    private static Func<JsonElement, object?> Comparison(Queue<string> tokens)
    {
        var left = Operand(tokens);
        if (Accept(tokens, "=="))
            return Equality(left, Operand(tokens), wanted: true);
        return Accept(tokens, "!=") ? Equality(left, Operand(tokens), wanted: false) : left;
    }

    private static Func<JsonElement, object?> Equality(Func<JsonElement, object?> left, Func<JsonElement, object?> right, bool wanted) =>
        cloudEvent => Equals(left(cloudEvent), right(cloudEvent)) == wanted;

    private static Func<JsonElement, object?> Operand(Queue<string> tokens)
    {
        if (!tokens.TryDequeue(out var token))
            throw new FormatException("the expression ends too early");
        if (token == "!")
            return Not(Operand(tokens));
        if (token == "(")
            return Accept(tokens, ")", Or(tokens));
        if (token[0] is '"' or '\'')
            return Constant(Regex.Unescape(token[1..^1]));
        if (double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return Constant(number);
        return token switch
        {
            "true" => Constant(true),
            "false" => Constant(false),
            "null" => Constant(null),
            _ when token.StartsWith("event.", StringComparison.Ordinal) => Attribute(token.Split('.')[1..]),
            _ => throw new FormatException($"'{token}' is not understood"),
        };
    }

    private static Func<JsonElement, object?> Constant(object? value) => _ => value;

    private static Func<JsonElement, object?> Not(Func<JsonElement, object?> operand) => cloudEvent => operand(cloudEvent) is not true;

    private static Func<JsonElement, object?> Attribute(string[] path) => cloudEvent =>
    {
        foreach (var name in path)
        {
            if (cloudEvent.ValueKind != JsonValueKind.Object || !cloudEvent.TryGetProperty(name, out cloudEvent))
                return null;
        }

        return cloudEvent.ValueKind switch
        {
            JsonValueKind.String => cloudEvent.GetString(),
            JsonValueKind.Number => cloudEvent.GetDouble(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };
    };

    private static bool Accept(Queue<string> tokens, string token) => tokens.TryPeek(out var next) && next == token && tokens.TryDequeue(out _);

    private static T Accept<T>(Queue<string> tokens, string token, T result) =>
        Accept(tokens, token) ? result : throw new FormatException($"'{token}' is missing");

    [GeneratedRegex("""&&|\|\||==|!=|[!()]|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[A-Za-z_][\w.]*|-?\d+(?:\.\d+)?|\S""")]
    private static partial Regex Token();
}
