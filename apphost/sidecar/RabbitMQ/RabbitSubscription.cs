using Platform.Sidecar.PubSub;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Platform.Sidecar.RabbitMQ;

/// <summary>One topic of one consumer, on a channel of its own that is opened again for as long as the consumer is there.</summary>
internal sealed partial class RabbitSubscription(
    RabbitConnection connection, RabbitTopology topology, RabbitOptions options, Consumer consumer, ConsumedTopic topic, ILogger logger)
{
    private readonly string _queue = RabbitTopology.QueueOf(consumer, topic);

    /// <param name="ready">Called each time that the server has the consumer.</param>
    /// <param name="stopping">Ends it: no further messages, those under way have the grace period.</param>
    public async Task Run(Action ready, CancellationToken stopping)
    {
        using var deliveries = new RabbitDeliveries(options, consumer, topic, logger);
        await using var grace = stopping.Register(deliveries.StartGracePeriod);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                Log.Lost(logger, consumer.Id, _queue, await Listen(deliveries, ready, stopping));
            }
            catch (FormatException error)
            {
                Log.Refused(logger, consumer.Id, _queue, error.Message);
                break;
            }
            catch (Exception error) when (!stopping.IsCancellationRequested)
            {
                Log.Lost(logger, consumer.Id, _queue, error.Message);
            }
            catch (OperationCanceledException)
            {
                break;
            }

            await Task.Delay(options.ReconnectWait, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await deliveries.Settled();
    }

    // Returns why the server ended it.
    private async Task<string> Listen(RabbitDeliveries deliveries, Action ready, CancellationToken stopping)
    {
        var open = await connection.Get(stopping);
        await using var channel = await open.CreateChannelAsync(cancellationToken: stopping);
        var ended = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        channel.ChannelShutdownAsync += (_, reason) => End(ended, reason.ReplyText);
        var receiver = new AsyncEventingBasicConsumer(channel);
        receiver.UnregisteredAsync += (_, _) => End(ended, "the queue was deleted");
        receiver.ReceivedAsync += (_, message) => deliveries.Take(channel, message, stopping);

        await topology.DeclareQueue(channel, _queue, topic, stopping);
        if (options.PrefetchCount > 0)
            await channel.BasicQosAsync(0, options.PrefetchCount, global: false, stopping);
        var tag = await channel.BasicConsumeAsync(_queue, options.AutoAck, receiver, stopping);
        ready();
        await Task.WhenAny(ended.Task, Task.Delay(Timeout.Infinite, stopping));
        if (!stopping.IsCancellationRequested)
            return await ended.Task;

        // What is under way is acknowledged on this channel; the rest goes back to the queue when it closes.
        await channel.BasicCancelAsync(tag, noWait: true, CancellationToken.None);
        await deliveries.Settled();
        throw new OperationCanceledException(stopping);
    }

    private static Task End(TaskCompletionSource<string> ended, string reason)
    {
        ended.TrySetResult(reason);
        return Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Consumer}: queue {Queue} was lost, trying again: {Reason}")]
        public static partial void Lost(ILogger logger, string consumer, string queue, string reason);

        [LoggerMessage(LogLevel.Error, "{Consumer}: queue {Queue} cannot be had: {Reason}")]
        public static partial void Refused(ILogger logger, string consumer, string queue, string reason);
    }
}
