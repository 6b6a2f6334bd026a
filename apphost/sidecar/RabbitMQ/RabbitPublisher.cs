using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Platform.Sidecar.PubSub;
using RabbitMQ.Client;

namespace Platform.Sidecar.RabbitMQ;

/// <summary>Publishes on a channel of its own; concurrent calls share it, in the order in which they come.</summary>
internal sealed partial class RabbitPublisher(RabbitConnection connection, RabbitTopology topology, RabbitOptions options, ILogger logger) : IAsyncDisposable
{
    private const int Attempts = 3;
    private const int MostUnconfirmed = 1024;

    private readonly SemaphoreSlim _opening = new(1);
    private Line? _line;

    /// <summary>Returns when the message is sent, or with publisher confirms when the server has stored it.</summary>
    public async Task Publish(BrokerMessage message, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var channel = await ChannelFor(message.Topic, cancellationToken);
                await channel.BasicPublishAsync(
                    message.Topic, RabbitMessage.RoutingKey(message), mandatory: false, RabbitMessage.Properties(message, options), message.Payload, cancellationToken);
                return;
            }
            catch (Exception error) when (attempt < Attempts && !cancellationToken.IsCancellationRequested)
            {
                Log.Failed(logger, message.Topic, attempt, error.Message);
            }

            // A channel that the server closed is opened again at once.
            if (!connection.IsOpen)
                await Task.Delay(options.ReconnectWait, cancellationToken);
        }
    }

    /// <summary>Sends all before it waits for the first answer.</summary>
    public async Task<IReadOnlyList<PublishFailure>> PublishBulk(IReadOnlyList<BrokerMessage> messages, CancellationToken cancellationToken)
    {
        // With the exchanges declared, each call sends before it returns, and so all in order.
        foreach (var topic in messages.Select(message => message.Topic).Distinct())
            await Declare(topic, cancellationToken);
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
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            return new PublishFailure(index, error.Message);
        }
    }

    // What fails here fails again when the message is published, with its retries.
    private Task Declare(string topic, CancellationToken cancellationToken) =>
        ChannelFor(topic, cancellationToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private async Task<IChannel> ChannelFor(string topic, CancellationToken cancellationToken)
    {
        var line = _line is { Channel.IsOpen: true } open ? open : await Open(cancellationToken);
        await line.Declared.GetOrAdd(topic, name => new Lazy<Task>(() => topology.DeclareExchange(line.Channel, name, CancellationToken.None))).Value;
        return line.Channel;
    }

    private async Task<Line> Open(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (_line is { Channel.IsOpen: true } open)
                return open;
            if (_line is { } lost)
                await lost.DisposeAsync();
            // The client's own limiter holds back at random, which would change the order.
            var limiter = new ConcurrencyLimiter(
                new() { PermitLimit = MostUnconfirmed, QueueLimit = int.MaxValue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });
            var settings = new CreateChannelOptions(options.PublisherConfirm, options.PublisherConfirm, limiter);
            return _line = new Line(await (await connection.Get(cancellationToken)).CreateChannelAsync(settings, cancellationToken), limiter);
        }
        finally
        {
            _opening.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_line is { } line)
            await line.DisposeAsync();
        _opening.Dispose();
    }

    /// <summary>A channel, and the exchanges that were declared on it.</summary>
    private sealed record Line(IChannel Channel, RateLimiter Limiter) : IAsyncDisposable
    {
        public ConcurrentDictionary<string, Lazy<Task>> Declared { get; } = new();

        public async ValueTask DisposeAsync()
        {
            await Channel.DisposeAsync();
            await Limiter.DisposeAsync();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Publishing on topic {Topic} failed, attempt {Attempt}: {Reason}")]
        public static partial void Failed(ILogger logger, string topic, int attempt, string reason);
    }
}
