namespace Platform.Sidecar.Scheduling;

/// <summary>
/// Rings for each item at its moment. However many wait, one clock is set, to the next moment; nothing runs in between.
/// </summary>
internal sealed class Alarms<T> : IDisposable where T : class
{
    /// <summary>The clock takes no longer waits; it is then set again.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly SortedSet<(DateTimeOffset Moment, long Order, T Item)> _queue = new(
        Comparer<(DateTimeOffset Moment, long Order, T Item)>.Create((one, other) =>
            one.Moment.CompareTo(other.Moment) is not 0 and var byMoment ? byMoment : one.Order.CompareTo(other.Order)));
    private readonly Dictionary<T, (DateTimeOffset Moment, long Order)> _set = [];
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly Action<T> _ring;
    private readonly ITimer _clock;
    private long _order;
    private bool _stopped;

    /// <param name="ring">Called without a lock, one item at a time; must not take long.</param>
    public Alarms(TimeProvider time, Action<T> ring)
    {
        (_time, _ring) = (time, ring);
        _clock = time.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sets an item's alarm, in place of the one that it had.</summary>
    public void Set(T item, DateTimeOffset moment)
    {
        lock (_gate)
        {
            Remove(item);
            var key = (moment, ++_order);
            _set[item] = key;
            _queue.Add((key.moment, key.Item2, item));
            if (_queue.Min.Order == key.Item2)
                SetClock();
        }
    }

    public void Cancel(T item)
    {
        lock (_gate)
            Remove(item);
    }

    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            _clock.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        Stop();
        _clock.Dispose();
    }

    private void Ring()
    {
        while (TakeDue() is { } item)
            _ring(item);
    }

    private T? TakeDue()
    {
        lock (_gate)
        {
            if (_stopped || _queue.Count == 0)
                return null;
            var (moment, _, item) = _queue.Min;
            if (moment > _time.GetUtcNow())
            {
                SetClock();
                return null;
            }

            Remove(item);
            return item;
        }
    }

    private void Remove(T item)
    {
        if (_set.Remove(item, out var key))
            _queue.Remove((key.Moment, key.Order, item));
    }

    // Rounded up: a clock that rings early would ring twice.
    private void SetClock()
    {
        if (_stopped)
            return;
        var wait = (_queue.Min.Moment - _time.GetUtcNow()).TotalMilliseconds;
        _clock.Change(TimeSpan.FromMilliseconds(Math.Ceiling(Math.Clamp(wait, 0, LongestWait.TotalMilliseconds))), Timeout.InfiniteTimeSpan);
    }
}
