using System.Diagnostics;
using System.Text.Json;
using Platform.Sidecar.Errors;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Observability;
using Platform.Sidecar.Resiliency;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.PubSub;

/// <summary>What the publish API does, for both protocols: checks, envelopes, hands over to the broker.</summary>
internal sealed class PublishRequest
{
    private readonly SidecarApp _app;
    private readonly AppComponent _component;
    private readonly IPubSub _broker;
    private readonly string _topic;
    private readonly bool _isRaw;
    private readonly bool _brokerExpires;
    private readonly HttpContext _call;
    private readonly TimeProvider _time;

    private PublishRequest(HttpContext call, AppComponent component, string topic, bool isRaw)
    {
        (_app, _component, _topic, _isRaw, _call) = (call.App(), component, topic, isRaw, call);
        _broker = (IPubSub)component.Component;
        _brokerExpires = _broker.Capabilities.Contains("MESSAGE_TTL");
        _time = call.RequestServices.GetRequiredService<TimeProvider>();
    }

    private string Name => _component.Spec.Name;

    /// <exception cref="DaprException">There is no such component, no topic, or the metadata make no sense.</exception>
    public static PublishRequest To(HttpContext call, string pubSub, string topic, IReadOnlyDictionary<string, string> metadata)
    {
        var app = call.App();
        if (!app.Components.Any<IPubSub>())
            throw PubSubErrors.NotConfigured(pubSub, metadata).AsException();
        if (pubSub.Length == 0)
            throw PubSubErrors.NameEmpty(metadata).AsException();
        var component = app.Components.Entry<IPubSub>(pubSub) ?? throw PubSubErrors.NotFound(pubSub, metadata).AsException();
        if (topic.Length == 0)
            throw PubSubErrors.TopicEmpty(pubSub, metadata).AsException();
        try
        {
            return new PublishRequest(call, component, topic, PublishMetadata.IsRaw(metadata));
        }
        catch (FormatException error)
        {
            throw PubSubErrors.BadMetadata(pubSub, error.Message, metadata).AsException(error);
        }
    }

    /// <summary>Returns when the broker keeps it.</summary>
    public async Task Publish(PublishedEvent published, CancellationToken cancellationToken)
    {
        var message = Message(published);
        await Send([published], token => _broker.Publish(message, token), cancellationToken);
    }

    /// <returns>The entries that the broker did not take; it throws when it took none.</returns>
    public async Task<IReadOnlyList<BulkFailure>> PublishBulk(IReadOnlyList<PublishedEvent> events, CancellationToken cancellationToken)
    {
        BrokerMessage[] messages = [.. events.Select(Message)];
        IReadOnlyList<PublishFailure> failures = [];
        await Send(events, async token => failures = messages.Length == 0 ? [] : await _broker.PublishBulk(messages, token), cancellationToken);
        return [.. failures.Select(failure => new BulkFailure(events[failure.Index].EntryId, failure.Reason))];
    }

    public DaprException Failed(string reason) => PubSubErrors.PublishFailed(Name, _topic, reason).AsException();

    private async Task Send(IReadOnlyList<PublishedEvent> events, Func<CancellationToken, Task> publish, CancellationToken cancellationToken)
    {
        if (!TopicScopes.MayPublish(_component.Spec, _app.Id, _topic))
            throw PubSubErrors.Forbidden(Name, _topic, _app.Id).AsException();
        var started = Stopwatch.GetTimestamp();
        var spans = _app.Tracing is { } tracing ? Spans(tracing, events) : [];
        var success = false;
        try
        {
            await _app.Resiliency.Outbound(ComponentKind.Pubsub, Name).Run(publish, cancellationToken);
            success = true;
            _app.Metrics.Published(Name, _topic, success: true, Stopwatch.GetElapsedTime(started));
        }
        catch (Exception error) when (error is not DaprException && !cancellationToken.IsCancellationRequested)
        {
            _app.Metrics.Published(Name, _topic, success: false, Stopwatch.GetElapsedTime(started));
            throw PubSubErrors.PublishFailed(Name, _topic, error.Message).AsException(error);
        }
        finally
        {
            foreach (var span in spans)
            {
                AppTracing.End(span, success ? "success" : "failure", success);
                span.Dispose();
            }
        }
    }

    // An envelope may say that it belongs to another trace than the call that brings it, as those of an outbox do: it is seen there too.
    private List<Activity> Spans(AppTracing tracing, IReadOnlyList<PublishedEvent> events) =>
        [.. events.Where(published => !_isRaw && ContentTypes.IsCloudEvent(published.ContentType))
            .Select(published => CloudEvents.TraceOf(published.Data.Span)).OfType<string>()
            .Select(trace => tracing.StartPublish(_topic, trace)).OfType<Activity>()];

    private BrokerMessage Message(PublishedEvent published)
    {
        var timeToLive = TimeToLive(published.Metadata);
        return new BrokerMessage(_topic, _isRaw ? published.Data : Envelope(published, timeToLive))
        {
            ContentType = _isRaw ? published.ContentType : ContentTypes.CloudEvent,
            PartitionKey = published.Metadata.TryGetValue("partitionKey", out var key) && key.Length > 0 ? key : null,
            TimeToLive = timeToLive,
            Metadata = _isRaw ? WithTrace(published.Metadata) : published.Metadata,
        };
    }

    private byte[] Envelope(PublishedEvent published, TimeSpan? timeToLive)
    {
        var now = _time.GetUtcNow();
        var context = new EventContext(_app.Id, Name, _topic, Header("traceparent"), Header("tracestate"), now)
        {
            Metadata = published.Metadata,
            Expiration = _brokerExpires ? null : now + timeToLive,
        };
        if (!ContentTypes.IsCloudEvent(published.ContentType))
            return CloudEvents.Wrap(published.Data, published.ContentType, context);
        try
        {
            return CloudEvents.Complete(published.Data, context);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            // The latter two come of texts that are no UTF-8.
            throw PubSubErrors.BadCloudEvent(Name, _app.Id, error.Message).AsException(error);
        }
    }

    // As daprd: a broker with lifetimes of its own refuses one that makes no sense, elsewhere it counts as none.
    private TimeSpan? TimeToLive(IReadOnlyDictionary<string, string> metadata)
    {
        try
        {
            return PublishMetadata.TimeToLive(metadata);
        }
        catch (FormatException error)
        {
            return _brokerExpires ? throw PubSubErrors.PublishFailed(Name, _topic, error.Message).AsException(error) : null;
        }
    }

    // Bare data have no envelope for the trace, so the broker's metadata carry it.
    private IReadOnlyDictionary<string, string> WithTrace(IReadOnlyDictionary<string, string> metadata)
    {
        if (Header("traceparent") is not { } parent)
            return metadata;
        var trace = new Dictionary<string, string> { ["traceparent"] = parent };
        if (Header("tracestate") is { } state)
            trace["tracestate"] = state;
        return PublishedEvent.Merge(trace, metadata);
    }

    private string? Header(string name) => _call.Request.Headers.TryGetValue(name, out var value) && value.Count > 0 ? value[0] : null;
}
