using Platform.Sidecar.Redis;
using StackExchange.Redis;

namespace Platform.Sidecar.PubSub.RedisStreams;

/// <summary>Takes over what has been in somebody's hands for too long: a crash, a hung or failed delivery.</summary>
internal sealed class StreamReclaimer(RedisConnection redis, StreamOptions options, string groupName, StreamGroup group, TimeProvider time)
{
    private long MinimumIdle => (long)options.ProcessingTimeout.TotalMilliseconds;

    /// <param name="topic">The stream to look through.</param>
    /// <param name="take">Gets each message that is ours now.</param>
    /// <param name="stopping">Ends the look.</param>
    public async Task Reclaim(string topic, Func<StreamMessage, Task> take, CancellationToken stopping)
    {
        for (RedisValue from = "-"; !stopping.IsCancellationRequested;)
        {
            var pending = await redis.Database.StreamPendingMessagesAsync(topic, groupName, options.QueueDepth, RedisValue.Null, from, "+", MinimumIdle);
            var free = pending.Where(one => !group.Holds(topic, one.MessageId!)).ToDictionary(one => (string)one.MessageId!, one => one.DeliveryCount);
            foreach (var message in await Claim(topic, free))
                await take(message);
            if (pending.Length < options.QueueDepth)
                return;
            from = "(" + pending[^1].MessageId;
        }
    }

    private async Task<IReadOnlyList<StreamMessage>> Claim(string topic, Dictionary<string, int> deliveries)
    {
        if (deliveries.Count == 0)
            return [];
        RedisValue[] ids = [.. deliveries.Keys.Select(id => (RedisValue)id)];
        var entries = await redis.Database.StreamClaimAsync(topic, groupName, groupName, MinimumIdle, ids);
        var now = time.GetTimestamp();
        StreamMessage[] claimed = [.. from entry in entries
                                      where !entry.IsNull
                                      let fields = entry.Values.Select(field => KeyValuePair.Create(field.Name, field.Value))
                                      select StreamMessage.Read(topic, entry.Id!, fields, deliveries[entry.Id!] + 1, now)];
        foreach (var id in deliveries.Keys.Except(claimed.Select(message => message.Id)))
            await ForgetDeleted(topic, id);
        return claimed;
    }

    // Not ours: either another process was faster, or the stream was trimmed and there is nothing to deliver any more.
    private async Task ForgetDeleted(string topic, string id)
    {
        if ((await redis.Database.StreamRangeAsync(topic, id, id)).Length == 0)
            await redis.Database.StreamAcknowledgeAsync(topic, groupName, id);
    }
}
