using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Platform.Sidecar.Redis;
using StackExchange.Redis;

namespace Platform.Sidecar.PubSub.RedisStreams;

/// <summary>Type <c>pubsub.redis</c>: a stream a topic, entries and groups as daprd's component of that name makes them. See README.md.</summary>
internal sealed class RedisBroker(RedisConnection redis, StreamOptions options, TimeProvider time, ILogger<RedisBroker> logger) : IPubSub
{
    private readonly ConcurrentDictionary<string, StreamGroup> _groups = new();

    public IReadOnlyList<string> Capabilities { get; } = [];

    public Task Start(CancellationToken cancellationToken) => redis.Connect(cancellationToken);

    public Task Publish(BrokerMessage message, CancellationToken cancellationToken) => Add(message).WaitAsync(cancellationToken);

    /// <summary>All at once on one connection, which keeps their order.</summary>
    public async Task<IReadOnlyList<PublishFailure>> PublishBulk(IReadOnlyList<BrokerMessage> messages, CancellationToken cancellationToken)
    {
        Task[] adding = [.. messages.Select(Add)];
        await Task.WhenAll(adding).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return [.. adding.Index().Where(one => one.Item.IsFaulted).Select(one => new PublishFailure(one.Index, one.Item.Exception!.InnerException!.Message))];
    }

    public Task Consume(Consumer consumer, CancellationToken stopping)
    {
        if (consumer.Topics.Count > 0)
            return new StreamConsumer(redis, options, consumer, _groups.GetOrAdd(consumer.Id, _ => new StreamGroup()), time, logger).Run(stopping);
        consumer.Ready();
        return Task.Delay(Timeout.InfiniteTimeSpan, stopping).ContinueWith(_ => { }, CancellationToken.None, default, TaskScheduler.Default);
    }

    private Task Add(BrokerMessage message)
    {
        List<object> arguments = [(RedisKey)message.Topic, .. Trimming(), "*", "data", (RedisValue)message.Payload];
        if (message.Metadata.Count > 0)
            arguments.AddRange(["metadata", (RedisValue)JsonSerializer.SerializeToUtf8Bytes(message.Metadata)]);
        return redis.Database.ExecuteAsync("XADD", arguments);
    }

    private object[] Trimming() => options switch
    {
        { MaxLength: { } length } => ["MAXLEN", "~", length],
        { TimeToLive: { } kept } => ["MINID", "~", (time.GetUtcNow() - kept).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) + "-1"],
        _ => [],
    };
}
