using System.Text.Json.Nodes;
using Dapr.AppCallback.Autogen.Grpc.v1;
using Dapr.Client.Autogen.Grpc.v1;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.PubSub.Subscriptions;

/// <summary>Reads subscriptions from the app's own list and from resource files; both are nearly the same shape.</summary>
internal static class SubscriptionParser
{
    /// <summary>An item of the answer to <c>GET /dapr/subscribe</c>; keys in any case.</summary>
    /// <exception cref="FormatException">A rule is not understood, or the topic is missing.</exception>
    public static Subscription FromApp(JsonNode item) => Read(item, item.Text("route"), item.At("routes"));

    /// <summary>An item of the answer to <c>ListTopicSubscriptions</c>; such an app has one method for all, its path only tells it more.</summary>
    /// <exception cref="FormatException">A rule is not understood.</exception>
    public static Subscription FromGrpc(TopicSubscription item)
    {
        var rules = item.Routes?.Rules.Select(rule => new Route(rule.Match, EventMatch.Parse(rule.Match.Length == 0 ? "true" : rule.Match), rule.Path)) ?? [];
        return new Subscription(item.PubsubName, item.Topic, new Routes([.. rules], item.Routes?.Default ?? ""))
        {
            DeadLetterTopic = item.DeadLetterTopic,
            Metadata = item.Metadata.ToDictionary(),
        };
    }

    /// <summary>A <c>Subscription</c> resource, v1alpha1 or v2alpha1.</summary>
    /// <exception cref="FormatException">A rule is not understood, or the topic is missing.</exception>
    public static Subscription FromResource(ResourceFile resource)
    {
        var spec = resource.Document.At("spec") ?? throw new FormatException("spec is missing");
        return Read(spec, spec.Text("route"), spec.At("routes")) with { Type = PubsubSubscriptionType.Declarative };
    }

    private static Subscription Read(JsonNode item, string? route, JsonNode? routes) => new(
        Required(item, "pubsubname"),
        Required(item, "topic"),
        new Routes([.. routes.Items("rules").Select(Rule)], Default(route, routes)))
    {
        DeadLetterTopic = item.Text("deadLetterTopic"),
        Metadata = item.Map("metadata"),
    };

    // Rules without a default drop what matches none; with neither rules nor route the path is the root.
    private static string? Default(string? route, JsonNode? routes) =>
        (routes.Text("default") ?? route) is { Length: > 0 } path ? Rooted(path)
        : routes.Items("rules").Any() ? null
        : "/";

    private static Route Rule(JsonNode rule)
    {
        var expression = rule.Text("match") ?? "";
        return new Route(expression, expression.Length == 0 ? EventMatch.Parse("true") : EventMatch.Parse(expression), Rooted(rule.Text("path") ?? ""));
    }

    private static string Rooted(string path) => path.StartsWith('/') ? path : "/" + path;

    private static string Required(JsonNode item, string key) =>
        item.Text(key) is { Length: > 0 } text ? text : throw new FormatException($"{key} is missing");
}
