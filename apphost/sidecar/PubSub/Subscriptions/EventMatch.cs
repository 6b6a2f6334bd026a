using System.Text.Json;

namespace Platform.Sidecar.PubSub.Subscriptions;

/// <summary>
/// A routing rule's condition on the event: the part of CEL that routing needs. Attributes (<c>event.type</c>, <c>event.data.kind</c>,
/// <c>event["type"]</c>), literals and lists, comparisons, <c>in</c>, <c>&amp;&amp; || !</c>, <c>a ? b : c</c>, parentheses, <c>has()</c>,
/// <c>size()</c>, and on texts <c>startsWith endsWith contains matches</c>.
/// </summary>
internal sealed class EventMatch
{
    /// <summary>The condition of a rule that has none.</summary>
    public static readonly EventMatch Always = new(_ => true);

    private readonly Func<JsonElement, object?> _evaluate;

    private EventMatch(Func<JsonElement, object?> evaluate) => _evaluate = evaluate;

    /// <exception cref="FormatException">The expression is none, or goes beyond the part that is understood here.</exception>
    public static EventMatch Parse(string expression)
    {
        try
        {
            return new EventMatch(new MatchParser(expression).Parse());
        }
        catch (FormatException error)
        {
            throw new FormatException($"the match expression '{expression}' is not understood: {error.Message}", error);
        }
    }

    /// <exception cref="MatchException">The event lacks what the expression asks for.</exception>
    public bool Matches(JsonElement cloudEvent) => _evaluate(cloudEvent) switch
    {
        bool answer => answer,
        MatchFailure failure => throw new MatchException(failure.Reason),
        _ => throw new MatchException("the result of the match expression was not a boolean"),
    };
}
