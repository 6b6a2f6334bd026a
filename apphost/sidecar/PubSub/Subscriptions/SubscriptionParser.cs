using System.Globalization;
using System.Text.Json.Nodes;
using Dapr.AppCallback.Autogen.Grpc.v1;
using Dapr.Client.Autogen.Grpc.v1;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.PubSub.Subscriptions;

/// <summary>Reads subscriptions from the app's own list and from resource files; both are nearly the same shape.</summary>
internal static class SubscriptionParser
{
    /// <summary>An item of the answer to <c>GET /dapr/subscribe</c>; keys in any case.</summary>
    /// <exception cref="FormatException">A rule is not understood, or the topic is missing.</exception>
    public static Subscription FromApp(JsonNode item) => Read(item);

    /// <summary>An item of the answer to <c>ListTopicSubscriptions</c>; such an app has one method for all, its path only tells it more.</summary>
    /// <exception cref="FormatException">A rule is not understood.</exception>
    public static Subscription FromGrpc(TopicSubscription item)
    {
        Route[] rules = [.. item.Routes?.Rules.Select(rule => Rule(rule.Match, rule.Path)) ?? []];
        var path = item.Routes?.Default ?? "";
        return Complete(new Subscription(item.PubsubName, item.Topic, new Routes(rules, path.Length == 0 && rules.Length > 0 ? null : path))
        {
            DeadLetterTopic = OrNull(item.DeadLetterTopic),
            Metadata = new Dictionary<string, string>(item.Metadata, StringComparer.OrdinalIgnoreCase),
            Bulk = item.BulkSubscribe is { Enabled: true } bulk ? BulkOptions.Of(bulk.MaxMessagesCount, bulk.MaxAwaitDurationMs) : null,
        });
    }

    /// <summary>A <c>Subscription</c> resource, v1alpha1 or v2alpha1.</summary>
    /// <exception cref="StartupException">A rule is not understood, or the topic is missing.</exception>
    public static Subscription FromResource(ResourceFile resource)
    {
        try
        {
            var spec = resource.Document.At("spec") ?? throw new FormatException("spec is missing");
            return Read(spec) with { Type = PubsubSubscriptionType.Declarative };
        }
        catch (FormatException error)
        {
            throw new StartupException($"{resource.File}: subscription '{resource.Name}': {error.Message}", error);
        }
    }

    private static Subscription Read(JsonNode item)
    {
        var routes = item.At("routes");
        return Complete(new Subscription(
            Required(item, "pubsubname"),
            Required(item, "topic"),
            new Routes([.. routes.Items("rules").Select(rule => Rule(rule.Text("match") ?? "", Rooted(rule.Text("path") ?? "")))],
                Default(item, routes)))
        {
            DeadLetterTopic = OrNull(item.Text("deadLetterTopic")),
            Metadata = item.Map("metadata"),
            Bulk = Bulk(item.At("bulkSubscribe")),
        });
    }

    private static Subscription Complete(Subscription subscription) => subscription with { IsRaw = PublishMetadata.IsRaw(subscription.Metadata) };

    // Rules without a default drop what matches none; with neither rules nor route the path is the root.
    private static string? Default(JsonNode item, JsonNode? routes) =>
        (OrNull(routes.Text("default")) ?? OrNull(item.Text("route"))) is { } path ? Rooted(path)
        : routes.Items("rules").Any() ? null
        : "/";

    private static BulkOptions? Bulk(JsonNode? bulk) => bulk.Text("enabled") is "true" or "True"
        ? BulkOptions.Of(Number(bulk, "maxMessagesCount"), Number(bulk, "maxAwaitDurationMs"))
        : null;

    private static int Number(JsonNode? holder, string key) =>
        int.TryParse(holder.Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static Route Rule(string expression, string path) =>
        new(expression, string.IsNullOrWhiteSpace(expression) ? EventMatch.Always : EventMatch.Parse(expression), path);

    private static string Rooted(string path) => path.StartsWith('/') ? path : "/" + path;

    private static string Required(JsonNode item, string key) => OrNull(item.Text(key)) ?? throw new FormatException($"{key} is missing");

    private static string? OrNull(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
