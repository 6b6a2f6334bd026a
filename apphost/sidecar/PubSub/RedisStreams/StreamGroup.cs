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
    private readonly List<StreamMember> _members = [];

    /// <summary>From now on the member gets what others keep.</summary>
    public void Join(StreamMember member)
    {
        lock (_lock)
            _members.Add(member);
    }

    public void Leave(StreamMember member)
    {
        lock (_lock)
            _members.Remove(member);
    }

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

    /// <summary>
    /// It could not be delivered because a member stops: another one gets it at once, or the next that joins, and not only after
    /// Redis' timeout.
    /// </summary>
    public void Keep(StreamMessage message, StreamMember stopping)
    {
        StreamMember? heir;
        lock (_lock)
        {
            _held.Remove((message.Topic, message.Id));
            heir = _members.Find(member => member != stopping && member.Topics.Contains(message.Topic));
            if (heir is null)
                _kept.Add(message);
        }

        _ = heir?.Take(message);
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

/// <summary>A consumer of this process in a group.</summary>
/// <param name="Topics">What it reads.</param>
/// <param name="Take">Gives it a message; never fails.</param>
internal sealed record StreamMember(IReadOnlyCollection<string> Topics, Func<StreamMessage, Task> Take);
