using Platform.Sidecar.PubSub;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Kafka;

/// <summary>Type <c>pubsub.kafka</c>. See README.md.</summary>
internal sealed class KafkaPubSub(ComponentSpec spec, ILogger<KafkaPubSub> logger) : IPubSub, IAsyncDisposable
{
    private readonly KafkaOptions _options = KafkaOptions.From(spec);
    private readonly KafkaLog _log = new(logger);
    private KafkaPublisher? _publisher;

    public IReadOnlyList<string> Capabilities { get; } = ["BULK_PUBSUB"];

    public async Task Start(CancellationToken cancellationToken)
    {
        _publisher ??= new KafkaPublisher(KafkaSettings.Producer(spec), _options, _log);
        await _publisher.WaitForCluster(cancellationToken);
    }

    public Task Publish(BrokerMessage message, CancellationToken cancellationToken) => _publisher!.Publish(message, cancellationToken);

    public Task<IReadOnlyList<PublishFailure>> PublishBulk(IReadOnlyList<BrokerMessage> messages, CancellationToken cancellationToken) =>
        _publisher!.PublishBulk(messages, cancellationToken);

    public async Task Consume(Consumer consumer, CancellationToken stopping)
    {
        if (consumer.Topics.Count == 0)
            return;
        await _publisher!.AskFor(consumer.Topics.Select(topic => topic.Topic));
        var settings = KafkaSettings.Consumer(spec, _options.Group ?? consumer.Id, _options.FromOldest);
        await new KafkaMember(settings, _options, consumer, _log, logger).Run(stopping);
    }

    public ValueTask DisposeAsync()
    {
        _publisher?.Dispose();
        return ValueTask.CompletedTask;
    }
}
