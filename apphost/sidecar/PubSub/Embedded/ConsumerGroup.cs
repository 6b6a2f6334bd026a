namespace Platform.Sidecar.PubSub.Embedded;

/// <summary>
/// The members of one consumer group in this process: an app and its streams. Each topic is read by one of them, its owner,
/// and handed round among all who want it; when the owner leaves, another one takes the topic over.
/// </summary>
internal sealed class ConsumerGroup
{
    private readonly Lock _lock = new();
    private readonly List<Consumer> _members = [];
    private readonly Dictionary<string, Consumer> _owners = [];
    private readonly HashSet<Signal> _signals = [];
    private TaskCompletionSource _changed = NewChange();
    private uint _turn;

    /// <summary>Completes when a topic may have become free.</summary>
    public Task Changed
    {
        get
        {
            lock (_lock)
                return _changed.Task;
        }
    }

    public string[] Topics
    {
        get
        {
            lock (_lock)
                return [.. _members.SelectMany(member => member.Topics).Select(topic => topic.Topic).Distinct()];
        }
    }

    public void Join(Consumer consumer)
    {
        lock (_lock)
            _members.Add(consumer);
    }

    /// <returns>Whether nobody is left.</returns>
    public bool Leave(Consumer consumer)
    {
        lock (_lock)
            return _members.RemoveAll(member => ReferenceEquals(member, consumer)) > 0 && _members.Count == 0;
    }

    /// <summary>Makes the consumer the owner of those of its topics that have none.</summary>
    public IReadOnlyList<ConsumedTopic> Claim(Consumer consumer)
    {
        lock (_lock)
            return [.. consumer.Topics.Where(topic => _owners.TryAdd(topic.Topic, consumer))];
    }

    public void Release(IEnumerable<ConsumedTopic> topics)
    {
        TaskCompletionSource change;
        lock (_lock)
        {
            foreach (var topic in topics)
                _owners.Remove(topic.Topic);
            (change, _changed) = (_changed, NewChange());
        }

        change.TrySetResult();
    }

    /// <summary>To the members in turn.</summary>
    public Task<DeliveryResult> Deliver(BrokerDelivery delivery, CancellationToken cancellationToken)
    {
        Consumer[] members;
        lock (_lock)
            members = [.. _members.Where(member => member.Topics.Any(topic => topic.Topic == delivery.Topic))];
        return members.Length == 0
            ? Task.FromResult(new DeliveryResult(DeliveryOutcome.Unreachable, "nobody consumes"))
            : members[Interlocked.Increment(ref _turn) % (uint)members.Length].Deliver(delivery, cancellationToken);
    }

    /// <returns>Set whenever there may be new messages for the group; to be given back.</returns>
    public Signal AddSignal()
    {
        var signal = new Signal();
        lock (_lock)
            _signals.Add(signal);
        return signal;
    }

    public void Remove(Signal signal)
    {
        lock (_lock)
            _signals.Remove(signal);
    }

    public void Wake()
    {
        lock (_lock)
        {
            foreach (var signal in _signals)
                signal.Set();
        }
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
