using Confluent.Kafka;
using Platform.Sidecar.PubSub;

namespace Platform.Sidecar.Kafka;

/// <summary>Publishes through one producer, which makes batches of what comes while others are on their way.</summary>
internal sealed class KafkaPublisher : IDisposable
{
    private static readonly TimeSpan OneTry = TimeSpan.FromSeconds(1);

    private readonly KafkaOptions _options;
    private readonly IProducer<byte[]?, byte[]> _producer;

    public KafkaPublisher(ProducerConfig settings, KafkaOptions options, KafkaLog log)
    {
        _options = options;
        _producer = new ProducerBuilder<byte[]?, byte[]>(settings)
            .SetLogHandler((_, line) => log.Line(line)).SetErrorHandler((_, error) => log.Error(error)).Build();
    }

    /// <summary>Returns when the cluster answers; one that starts at the same moment is given the time that the component has.</summary>
    /// <exception cref="KafkaException">It does not.</exception>
    public Task WaitForCluster(CancellationToken limit) => Task.Run(() =>
    {
        using var admin = new DependentAdminClientBuilder(_producer.Handle).Build();
        while (true)
        {
            try
            {
                admin.GetMetadata(OneTry);
                return;
            }
            catch (KafkaException) when (!limit.IsCancellationRequested)
            {
                // Not there yet.
            }
        }
    }, CancellationToken.None);

    /// <summary>
    /// Asks for topics, so that a cluster that makes topics by itself makes them now: otherwise a consumer would find out only
    /// much later that they are there.
    /// </summary>
    public Task AskFor(IEnumerable<string> topics) => Task.Run(() =>
    {
        using var admin = new DependentAdminClientBuilder(_producer.Handle).Build();
        foreach (var topic in topics)
        {
            try
            {
                admin.GetMetadata(topic, OneTry);
            }
            catch (KafkaException)
            {
                // The consumer tells, and asks again.
            }
        }
    });

    /// <summary>Returns when as many replicas have the message as the component says.</summary>
    public Task Publish(BrokerMessage message, CancellationToken cancellationToken) =>
        _producer.ProduceAsync(new TopicPartition(message.Topic, KafkaMessage.PartitionOf(message)), KafkaMessage.Of(message, _options), cancellationToken);

    /// <summary>Hands all to the producer, in order, before it waits for the first answer.</summary>
    public async Task<IReadOnlyList<PublishFailure>> PublishBulk(IReadOnlyList<BrokerMessage> messages, CancellationToken cancellationToken)
    {
        var failures = await Task.WhenAll(messages.Select((message, index) => TryPublish(message, index, cancellationToken)));
        return [.. failures.OfType<PublishFailure>()];
    }

    private async Task<PublishFailure?> TryPublish(BrokerMessage message, int index, CancellationToken cancellationToken)
    {
        try
        {
            await Publish(message, cancellationToken);
            return null;
        }
        catch (Exception error) when (error is KafkaException or FormatException)
        {
            return new PublishFailure(index, error.Message);
        }
    }

    public void Dispose() => _producer.Dispose();
}
