using System.Globalization;
using System.Text.Json;
using Platform.Sidecar.Errors;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.PubSub;

/// <summary>One event as the API received it.</summary>
internal readonly record struct PublishedEvent(ReadOnlyMemory<byte> Data, string ContentType, IReadOnlyDictionary<string, string> Metadata);

/// <summary>What the publish API does, for both protocols: checks, envelopes, hands over to the broker.</summary>
internal sealed class PublishRequest
{
    private readonly SidecarApp _app;
    private readonly AppComponent _component;
    private readonly string _topic;
    private readonly HttpContext _call;

    private PublishRequest(HttpContext call, AppComponent component, string topic) =>
        (_app, _component, _topic, _call) = (call.App(), component, topic, call);

    private string Name => _component.Spec.Name;

    /// <exception cref="DaprException">There is no such component, or the app may not publish on the topic.</exception>
    public static PublishRequest To(HttpContext call, string pubSub, string topic)
    {
        var app = call.App();
        if (!app.Components.Any<IPubSub>())
            throw PubSubErrors.NotConfigured(pubSub).AsException();
        if (pubSub.Length == 0)
            throw PubSubErrors.NameEmpty.AsException();
        var component = app.Components.Entry<IPubSub>(pubSub) ?? throw PubSubErrors.NotFound(pubSub).AsException();
        if (topic.Length == 0)
            throw PubSubErrors.TopicEmpty(pubSub).AsException();
        return TopicScopes.MayPublish(component.Spec, app.Id, topic)
            ? new PublishRequest(call, component, topic)
            : throw PubSubErrors.Forbidden(pubSub, topic, app.Id).AsException();
    }

    /// <summary>Returns when the broker keeps all of them.</summary>
    public async Task Publish(IReadOnlyList<PublishedEvent> events, CancellationToken cancellationToken)
    {
        BrokerMessage[] messages = [.. events.Select(Message)];
        if (messages.Length == 0)
            return;
        try
        {
            await ((IPubSub)_component.Component).PublishBulk(messages, cancellationToken);
        }
        catch (Exception error) when (error is not (OperationCanceledException or DaprException))
        {
            throw PubSubErrors.PublishFailed(Name, _topic, error.Message).AsException(error);
        }
    }

    private BrokerMessage Message(PublishedEvent published)
    {
        var metadata = published.Metadata;
        var (payload, traceParent) = IsTrue(metadata, "rawPayload") ? (published.Data, null) : Envelope(published);
        return new BrokerMessage(_topic, payload)
        {
            PartitionKey = metadata.TryGetValue("partitionKey", out var key) && key.Length > 0 ? key : null,
            TimeToLive = TimeToLive(metadata),
            Metadata = Remaining(metadata, traceParent),
        };
    }

    private (ReadOnlyMemory<byte> Json, string? TraceParent) Envelope(PublishedEvent published)
    {
        var context = new EventContext(_app.Id, Name, _topic, Header("traceparent"), Header("tracestate"), DateTimeOffset.UtcNow) { Metadata = published.Metadata };
        if (!CloudEvents.IsCloudEvent(published.ContentType))
            return (CloudEvents.Wrap(published.Data, published.ContentType, context), context.TraceParent);
        try
        {
            return CloudEvents.Complete(published.Data, context);
        }
        catch (JsonException error)
        {
            throw PubSubErrors.BadCloudEvent(Name, error.Message).AsException(error);
        }
    }

    private string? Header(string name) => _call.Request.Headers.TryGetValue(name, out var value) && value.Count > 0 ? value[0] : null;

    private static TimeSpan? TimeToLive(IReadOnlyDictionary<string, string> metadata) => !metadata.TryGetValue("ttlInSeconds", out var text) ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? TimeSpan.FromSeconds(seconds)
        : throw PubSubErrors.BadMetadata($"ttlInSeconds '{text}' is not a positive number").AsException();

    // What has done its work here is not told to the subscriber; the trace is, as a header.
    private static Dictionary<string, string> Remaining(IReadOnlyDictionary<string, string> metadata, string? traceParent)
    {
        var remaining = metadata
            .Where(pair => pair.Key is not ("partitionKey" or "ttlInSeconds" or "rawPayload") && !pair.Key.StartsWith("cloudevent.", StringComparison.Ordinal))
            .ToDictionary();
        if (traceParent is not null)
            remaining["traceparent"] = traceParent;
        return remaining;
    }

    private static bool IsTrue(IReadOnlyDictionary<string, string> metadata, string key) =>
        metadata.TryGetValue(key, out var value) && (value is "1" || value.Equals("true", StringComparison.OrdinalIgnoreCase));
}
