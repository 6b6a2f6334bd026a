using Platform.DurableTask;

namespace Dapr.Workflow.Worker.Replay;

/// <summary>External events: whoever waits first gets the first event of the name; what nobody waits for is kept.</summary>
internal sealed class EventMailbox
{
    private readonly LinkedList<HistoryEvent> _kept = new();
    private readonly Dictionary<string, LinkedList<Action<EventRaisedEvent>>> _waiters = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Events that nobody took, in the order of arrival.</summary>
    public IEnumerable<HistoryEvent> Kept => _kept;

    public bool HasWaiters => _waiters.Values.Any(waiters => waiters.Count > 0);

    public void Deliver(HistoryEvent raised)
    {
        if (_waiters.TryGetValue(raised.EventRaised.Name, out var waiters) && waiters.First is { } first)
        {
            waiters.RemoveFirst();
            first.Value(raised.EventRaised);
        }
        else
        {
            _kept.AddLast(raised);
        }
    }

    public EventRaisedEvent? Take(string name)
    {
        for (var node = _kept.First; node is not null; node = node.Next)
        {
            if (!node.Value.EventRaised.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                continue;
            _kept.Remove(node);
            return node.Value.EventRaised;
        }

        return null;
    }

    /// <summary>Waits for the next event of a name; the returned action gives up.</summary>
    public Action Wait(string name, Action<EventRaisedEvent> received)
    {
        if (!_waiters.TryGetValue(name, out var waiters))
            _waiters.Add(name, waiters = new LinkedList<Action<EventRaisedEvent>>());
        var node = waiters.AddLast(received);
        return () =>
        {
            if (node.List is not null)
                waiters.Remove(node);
        };
    }
}
