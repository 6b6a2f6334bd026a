using Platform.Sidecar.PubSub;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.RabbitMQ;

/// <summary>Type <c>pubsub.rabbitmq</c>: an exchange for each topic, a queue for each topic and consumer. See README.md.</summary>
internal sealed class RabbitPubSub : IPubSub, IAsyncDisposable
{
    private readonly RabbitOptions _options;
    private readonly RabbitConnection _connection;
    private readonly RabbitTopology _topology;
    private readonly RabbitPublisher _publisher;
    private readonly ILogger _logger;

    public RabbitPubSub(ComponentSpec spec, ILogger<RabbitPubSub> logger)
    {
        _options = RabbitOptions.From(spec);
        _connection = new RabbitConnection(RabbitAddress.Factory(spec));
        _topology = new RabbitTopology(_options);
        _publisher = new RabbitPublisher(_connection, _topology, _options, logger);
        _logger = logger;
    }

    public IReadOnlyList<string> Capabilities { get; } = ["MESSAGE_TTL"];

    public Task Start(CancellationToken cancellationToken) => _connection.GetWhenItCan(cancellationToken);

    public Task Publish(BrokerMessage message, CancellationToken cancellationToken) => _publisher.Publish(message, cancellationToken);

    public Task<IReadOnlyList<PublishFailure>> PublishBulk(IReadOnlyList<BrokerMessage> messages, CancellationToken cancellationToken) =>
        _publisher.PublishBulk(messages, cancellationToken);

    public Task Consume(Consumer consumer, CancellationToken stopping)
    {
        var waiting = consumer.Topics.Count;
        return Task.WhenAll(consumer.Topics.Select(topic =>
            new RabbitSubscription(_connection, _topology, _options, consumer, topic, _logger).Run(OneReady(), stopping)));

        // The consumer is ready when each of its queues was ready once.
        Action OneReady()
        {
            var isFirst = true;
            return () =>
            {
                if (isFirst && Interlocked.Decrement(ref waiting) == 0)
                    consumer.Ready();
                isFirst = false;
            };
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _publisher.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
