using System.Threading.Channels;

namespace Platform.Sidecar.PubSub.InMemory;

/// <summary>One consumer's messages of one topic: delivered one after another, or as many at a time as make a bulk.</summary>
internal sealed class TopicQueue(Consumer consumer, ConsumedTopic topic, TimeProvider time)
{
    private readonly Channel<BrokerMessage> _messages = Channel.CreateUnbounded<BrokerMessage>();

    public string Topic => topic.Topic;

    public void Add(BrokerMessage message) => _messages.Writer.TryWrite(message);

    /// <summary>Returns after the stop, when the deliveries under way have ended or the grace period is over.</summary>
    public async Task Run(CancellationToken stopping)
    {
        using var giveUp = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var grace = stopping.Register(() => giveUp.CancelAfter(consumer.GracePeriod));
        await Task.WhenAll(Enumerable.Range(0, topic.BulkSize).Select(_ => Work(stopping, giveUp.Token)));
    }

    private async Task Work(CancellationToken stopping, CancellationToken giveUp)
    {
        try
        {
            while (true)
            {
                var message = await _messages.Reader.ReadAsync(stopping);
                await consumer.Deliver(new BrokerDelivery(Topic, message.Payload, message.Metadata), giveUp);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What is left is gone with the consumer, as with every message of this broker.
        }
    }
}
