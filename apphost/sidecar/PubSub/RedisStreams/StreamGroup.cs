namespace Platform.Sidecar.PubSub.RedisStreams;

/// <summary>
/// What this process has in its hands for a consumer group. All members of a group bear one name in Redis, as with daprd, so Redis
/// cannot tell them apart; this says which of the group's pending messages are ours and alive.
/// </summary>
internal sealed class StreamGroup
{
    private readonly Lock _lock = new();
    private readonly HashSet<(string Topic, string Id)> _held = [];
    private readonly List<StreamMessage> _kept = [];

    /// <summary>False when another member of this process has it.</summary>
    public bool TryHold(StreamMessage message)
    {
        lock (_lock)
            return _held.Add((message.Topic, message.Id));
    }

    public bool Holds(string topic, string id)
    {
        lock (_lock)
            return _held.Contains((topic, id));
    }

    /// <summary>It is acknowledged, or left to Redis' redelivery.</summary>
    public void Release(StreamMessage message)
    {
        lock (_lock)
            _held.Remove((message.Topic, message.Id));
    }

    /// <summary>It could not be delivered because the consumer stops: the next one gets it at once, not after Redis' timeout.</summary>
    public void Keep(StreamMessage message)
    {
        lock (_lock)
        {
            _held.Remove((message.Topic, message.Id));
            _kept.Add(message);
        }
    }

    public IReadOnlyList<StreamMessage> TakeKept(IReadOnlyCollection<string> topics)
    {
        lock (_lock)
        {
            StreamMessage[] kept = [.. _kept.Where(message => topics.Contains(message.Topic))];
            _kept.RemoveAll(message => topics.Contains(message.Topic));
            return kept;
        }
    }
}
