using System.Text.Json;
using Platform.Sidecar.PubSub.Subscriptions;

namespace Platform.Sidecar.PubSub.Delivery;

/// <summary>A message on its way to an app, opened: its envelope, and the path that the routes chose.</summary>
internal sealed record TopicMessage(Subscription Subscription, BrokerDelivery Delivery, ReadOnlyMemory<byte> CloudEvent, JsonDocument Document)
    : IDisposable
{
    public JsonElement Root => Document.RootElement;
    public string PubSub => Subscription.PubSub;
    public string Topic => Delivery.Topic;
    public string Id => CloudEvents.Text(Root, "id") ?? "";

    /// <summary>Null when no rule matches.</summary>
    public string? Path { get; init; }

    /// <summary>The W3C span of this delivery; null when it has none.</summary>
    public string? Span { get; init; }

    /// <summary>The W3C span that the app's is to be a child of: the delivery's, else the publisher's; null without one.</summary>
    public string? TraceParent => Span ?? Publisher;

    private string? Publisher =>
        (CloudEvents.Text(Root, "traceparent") ?? CloudEvents.Text(Root, "traceid")) is { Length: > 0 } trace && trace != EventContext.NoTrace ? trace : null;

    public string? TraceState => CloudEvents.Text(Root, "tracestate") is { Length: > 0 } state ? state : null;

    /// <exception cref="JsonException">The message is no CloudEvent.</exception>
    /// <exception cref="MatchException">A routing rule cannot be decided.</exception>
    public static TopicMessage Open(Subscription subscription, BrokerDelivery delivery)
    {
        var cloudEvent = subscription.IsRaw
            ? CloudEvents.WrapRaw(delivery.Payload, subscription.PubSub, delivery.Topic, delivery.Metadata)
            : delivery.Payload;
        if (!CloudEvents.LooksLikeObject(cloudEvent.Span))
            throw new JsonException("it is no JSON object");
        var document = JsonDocument.Parse(cloudEvent);
        return new TopicMessage(subscription, delivery, cloudEvent, document) { Path = subscription.Routes.PathOf(document.RootElement) };
    }

    public bool IsExpired(DateTimeOffset now) =>
        Root.TryGetProperty("expiration", out var expiration) && expiration.ValueKind == JsonValueKind.String
        && expiration.TryGetDateTimeOffset(out var end) && end < now;

    public void Dispose() => Document.Dispose();
}
