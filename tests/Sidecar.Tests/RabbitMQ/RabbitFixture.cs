using Platform.Sidecar.Tests.Harness;
using Platform.TestServers;
using RabbitMQ.Client;

namespace Platform.Sidecar.Tests.RabbitMQ;

[CollectionDefinition("RabbitMQ")]
public sealed class RabbitCollection : ICollectionFixture<RabbitFixture>;

/// <summary>One server for all tests of the collection, which run one after the other; each has topics of its own.</summary>
public sealed class RabbitFixture : IAsyncLifetime
{
    private RabbitServer? _server;
    private IConnection? _watching;
    private int _topics;

    internal RabbitServer Server => _server!;

    public async ValueTask InitializeAsync() => _server = await RabbitServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_watching is not null)
            await _watching.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
    }

    internal string Topic() => $"topic-{Interlocked.Increment(ref _topics)}";

    /// <summary>A component whose queues and messages survive what they can survive; <paramref name="metadata"/> say otherwise.</summary>
    internal async Task<TestStack> Stack(params (string Name, string Value)[] metadata)
    {
        var stack = await TestStack.Create();
        stack.PubSubType = "pubsub.rabbitmq";
        (string Name, string Value)[] durable =
        [
            ("connectionString", Server.Endpoint), ("deletedWhenUnused", "false"), ("deliveryMode", "2"), ("publisherConfirm", "true"),
            ("requeueInFailure", "true"), ("reconnectWaitSeconds", "1"),
        ];
        foreach (var (name, value) in durable.Concat(metadata))
            stack.PubSubMetadata[name] = value;
        return stack;
    }

    internal async Task<IConnection> Connect() => await new ConnectionFactory { Uri = new Uri(Server.Endpoint) }.CreateConnectionAsync();

    /// <summary>Waits until so many sidecars consume the queue.</summary>
    internal Task Consumed(string queue, int consumers = 1) =>
        Eventually.Holds(async () => (await Look(queue))?.ConsumerCount == consumers, $"{queue} has {consumers} consumers");

    /// <summary>Waits until so many messages lie in the queue that were not handed to anybody.</summary>
    internal Task Holds(string queue, int messages) =>
        Eventually.Holds(async () => (await Look(queue))?.MessageCount == messages, $"{queue} has {messages} messages");

    private async Task<QueueDeclareOk?> Look(string queue)
    {
        if (_watching is not { IsOpen: true })
            _watching = await Connect();
        await using var channel = await _watching.CreateChannelAsync();
        try
        {
            return await channel.QueueDeclarePassiveAsync(queue);
        }
        catch (global::RabbitMQ.Client.Exceptions.OperationInterruptedException)
        {
            return null;
        }
    }
}
