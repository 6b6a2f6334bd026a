using Platform.Sidecar.PubSub;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Platform.Sidecar.RabbitMQ;

/// <summary>Hands the messages of one queue to the consumer, and tells the server how it went.</summary>
internal sealed partial class RabbitDeliveries(RabbitOptions options, Consumer consumer, ConsumedTopic topic, ILogger logger) : IDisposable
{
    // A message that fails again and again must not keep server and app busy with nothing else; and an app that goes away is
    // noticed a little after its deliveries fail.
    private static readonly TimeSpan RequeuePause = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly HashSet<Task> _underWay = [];
    private readonly CancellationTokenSource _giveUp = new();
    private readonly SemaphoreSlim? _places = options.OneByOne ? new SemaphoreSlim(topic.BulkSize) : null;

    /// <summary>Deliveries under way may go on for the grace period, then they are cancelled.</summary>
    public void StartGracePeriod() => _giveUp.CancelAfter(consumer.GracePeriod);

    /// <summary>Called by the client for one message after the other; what is not taken because of the stop goes back to the queue by itself.</summary>
    public async Task Take(IChannel channel, BasicDeliverEventArgs message, CancellationToken stopping)
    {
        // The client uses the buffer again when this returns.
        var delivery = new BrokerDelivery(
            topic.Topic, message.Body.ToArray(), options.TellsProperties ? RabbitMessage.Metadata(message.BasicProperties) : new Dictionary<string, string>());
        if (_places is not null)
            await _places.WaitAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stopping.IsCancellationRequested)
            return;
        var handling = Handle(channel, message.DeliveryTag, message.Redelivered, delivery, stopping);
        lock (_lock)
            _underWay.Add(handling);
        _ = handling.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public Task Settled()
    {
        lock (_lock)
            return Task.WhenAll(_underWay);
    }

    private void Forget(Task handling)
    {
        lock (_lock)
            _underWay.Remove(handling);
    }

    private async Task Handle(IChannel channel, ulong tag, bool isRedelivered, BrokerDelivery delivery, CancellationToken stopping)
    {
        await Task.Yield();
        var result = await consumer.Deliver(delivery, _giveUp.Token);
        if (result.Outcome is not (DeliveryOutcome.Success or DeliveryOutcome.Drop))
            Log.Failed(logger, consumer.Id, topic.Topic, result.Reason);
        try
        {
            if (!options.AutoAck)
                await Settle(channel, tag, isRedelivered, result.Outcome, stopping);
        }
        catch (Exception error) when (error is RabbitMQClientException or ObjectDisposedException)
        {
            // The channel is gone, and with it the delivery: the server sends the message again.
            Log.NotSettled(logger, consumer.Id, topic.Topic, error.Message);
        }
        finally
        {
            _places?.Release();
        }
    }

    private async Task Settle(IChannel channel, ulong tag, bool isRedelivered, DeliveryOutcome outcome, CancellationToken stopping)
    {
        if (outcome is DeliveryOutcome.Success or DeliveryOutcome.Drop)
        {
            await channel.BasicAckAsync(tag, multiple: false, CancellationToken.None);
            return;
        }

        var isAway = outcome == DeliveryOutcome.Unreachable;
        if (isAway || isRedelivered || !options.RequeueInFailure)
            await Task.Delay(RequeuePause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // That the app went away is no fault of the message: it goes back when the channel closes.
        if (stopping.IsCancellationRequested)
            return;
        await channel.BasicNackAsync(tag, multiple: false, requeue: isAway || options.RequeueInFailure, CancellationToken.None);
    }

    public void Dispose()
    {
        _giveUp.Dispose();
        _places?.Dispose();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Consumer}: a message of topic {Topic} failed: {Reason}")]
        public static partial void Failed(ILogger logger, string consumer, string topic, string? reason);

        [LoggerMessage(LogLevel.Information, "{Consumer}: a message of topic {Topic} will come again: {Reason}")]
        public static partial void NotSettled(ILogger logger, string consumer, string topic, string reason);
    }
}
