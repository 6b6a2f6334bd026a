using Platform.Sidecar.Resources;

namespace Platform.Sidecar.PubSub;

/// <summary>Which app may publish to, and subscribe to, which topics: the scope metadata of a pub/sub component.</summary>
internal static class TopicScopes
{
    public static bool MayPublish(ComponentSpec spec, string app, string topic) => Allows(spec, spec["publishingScopes"], app, topic);

    public static bool MaySubscribe(ComponentSpec spec, string app, string topic) => Allows(spec, spec["subscriptionScopes"], app, topic);

    private static bool Allows(ComponentSpec spec, string? scopes, string app, string topic)
    {
        if (Split(spec["allowedTopics"], ',') is { Length: > 0 } allowed && !allowed.Contains(topic))
            return false;
        var own = Split(scopes, ';').Select(scope => scope.Split('=')).Where(scope => scope.Length > 1 && scope[0].Trim() == app).ToArray();
        // An app that the scopes do not name may do all but the protected; one that they name may do what they list.
        return own.Length == 0
            ? !Split(spec["protectedTopics"], ',').Contains(topic)
            : Array.Exists(own, scope => Split(scope[1], ',').Contains(topic));
    }

    private static string[] Split(string? text, char separator) =>
        text?.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}
