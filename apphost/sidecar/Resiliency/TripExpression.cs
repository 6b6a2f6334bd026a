using System.Globalization;
using System.Text.RegularExpressions;

namespace Platform.Sidecar.Resiliency;

/// <summary>What a circuit breaker has counted since it last closed, or its interval began.</summary>
internal readonly record struct CallCounts(int Requests, int TotalSuccesses, int TotalFailures, int ConsecutiveSuccesses, int ConsecutiveFailures);

/// <summary>
/// The condition on which a circuit breaker opens: the part of CEL that counters need, with arithmetic, comparisons,
/// <c>&amp;&amp; || !</c> and parentheses. Whole numbers divide like whole numbers.
/// </summary>
internal sealed partial class TripExpression
{
    private static readonly string[][] Levels = [["||"], ["&&"], ["==", "!=", "<=", ">=", "<", ">"], ["+", "-"], ["*", "/", "%"]];
    private readonly Func<CallCounts, object> _evaluate;

    private TripExpression(Func<CallCounts, object> evaluate) => _evaluate = evaluate;

    public static TripExpression Default { get; } = Parse("consecutiveFailures > 5");

    public bool Holds(CallCounts counts) => _evaluate(counts) is true;

    /// <exception cref="FormatException">The expression is none, says nothing true or false, or goes beyond that part of CEL.</exception>
    public static TripExpression Parse(string text)
    {
        if (!Whole().IsMatch(text))
            throw new FormatException($"'{text}' is not an expression on counters");
        var tokens = new Queue<string>(Token().Matches(text).Select(match => match.Value));
        var evaluate = Level(tokens, 0);
        if (tokens.TryPeek(out var rest))
            throw new FormatException($"'{rest}' is not understood in '{text}'");
        // Evaluated once, so that what cannot be compared is said when the file is read.
        return evaluate(new CallCounts(1, 1, 1, 1, 1)) is bool
            ? new TripExpression(evaluate)
            : throw new FormatException($"'{text}' is neither true nor false");
    }

    private static Func<CallCounts, object> Level(Queue<string> tokens, int level)
    {
        if (level == Levels.Length)
            return Operand(tokens);
        var left = Level(tokens, level + 1);
        while (tokens.TryPeek(out var next) && Levels[level].Contains(next))
        {
            tokens.Dequeue();
            var (first, second) = (left, Level(tokens, level + 1));
            left = counts => Apply(next, first(counts), second(counts));
        }

        return left;
    }

    private static Func<CallCounts, object> Operand(Queue<string> tokens)
    {
        if (!tokens.TryDequeue(out var token))
            throw new FormatException("the expression ends too early");
        if (token == "!")
            return Operand(tokens) is var operand ? counts => operand(counts) is false : throw new FormatException();
        if (token == "-")
            return Operand(tokens) is var number ? counts => Apply("-", 0L, number(counts)) : throw new FormatException();
        if (token == "(")
            return Level(tokens, 0) is var inner && tokens.TryDequeue(out var close) && close == ")" ? inner : throw new FormatException("a ')' is missing");
        if (long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var whole))
            return _ => whole;
        return double.TryParse(token, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var real) ? _ => real : Counter(token);
    }

    private static Func<CallCounts, object> Counter(string name) => name switch
    {
        "requests" => counts => (long)counts.Requests,
        "totalSuccesses" => counts => (long)counts.TotalSuccesses,
        "totalFailures" => counts => (long)counts.TotalFailures,
        "consecutiveSuccesses" => counts => (long)counts.ConsecutiveSuccesses,
        "consecutiveFailures" => counts => (long)counts.ConsecutiveFailures,
        "true" => _ => true,
        "false" => _ => false,
        "double" or "int" => throw new FormatException($"the conversion {name}(…) is not understood here"),
        _ => throw new FormatException($"'{name}' is no counter"),
    };

    private static object Apply(string operation, object left, object right) => (operation, left, right) switch
    {
        ("||", bool one, bool other) => one || other,
        ("&&", bool one, bool other) => one && other,
        ("==", _, _) => Equals(left, right),
        ("!=", _, _) => !Equals(left, right),
        ("/" or "%", long, 0L) => 0L,
        ("/", long one, long other) => one / other,
        ("%", long one, long other) => one % other,
        ("+", long one, long other) => one + other,
        ("-", long one, long other) => one - other,
        ("*", long one, long other) => one * other,
        (_, long or double, long or double) => Numbers(
            operation, Convert.ToDouble(left, CultureInfo.InvariantCulture), Convert.ToDouble(right, CultureInfo.InvariantCulture)),
        _ => throw new FormatException($"'{operation}' cannot be applied to {left} and {right}"),
    };

    private static object Numbers(string operation, double left, double right) => operation switch
    {
        "<" => left < right,
        "<=" => left <= right,
        ">" => left > right,
        ">=" => left >= right,
        "+" => left + right,
        "-" => left - right,
        "*" => left * right,
        "/" => left / right,
        _ => throw new FormatException($"'{operation}' cannot be applied to numbers"),
    };

    [GeneratedRegex(@"^(\s*(\|\||&&|[=!<>]=|[<>!+\-*/%()]|[0-9]+(\.[0-9]+)?|[A-Za-z]+))+\s*$")]
    private static partial Regex Whole();

    [GeneratedRegex(@"\|\||&&|[=!<>]=|[<>!+\-*/%()]|[0-9]+(\.[0-9]+)?|[A-Za-z]+")]
    private static partial Regex Token();
}
