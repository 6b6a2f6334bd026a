using System.Collections.Concurrent;

namespace Platform.Sidecar.PubSub.InMemory;

/// <summary>
/// Type <c>pubsub.in-memory</c>: topics within this process. Whoever consumes gets each message that is published from then on,
/// every app and every stream its own copy; what nobody consumes is gone, and so is what fails.
/// </summary>
internal sealed class InMemoryBroker(TimeProvider time) : IPubSub
{
    private readonly ConcurrentDictionary<TopicQueue, string> _queues = new();

    public IReadOnlyList<string> Capabilities { get; } = [];

    public Task Start(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task Publish(BrokerMessage message, CancellationToken cancellationToken)
    {
        foreach (var (queue, _) in _queues.Where(pair => pair.Value == message.Topic))
            queue.Add(message);
        return Task.CompletedTask;
    }

    public async Task Consume(Consumer consumer, CancellationToken stopping)
    {
        var queues = consumer.Topics.Select(topic => new TopicQueue(consumer, topic, time)).ToArray();
        foreach (var queue in queues)
            _queues[queue] = queue.Topic;
        try
        {
            consumer.Ready();
            await Task.WhenAll(queues.Select(queue => queue.Run(stopping)));
        }
        finally
        {
            foreach (var queue in queues)
                _queues.TryRemove(queue, out _);
        }
    }
}
