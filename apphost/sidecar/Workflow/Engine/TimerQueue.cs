namespace Platform.Sidecar.Workflow.Engine;

/// <summary>What is to happen at a moment. One clock is set, to the next moment only. Guarded by the engine's lock.</summary>
internal sealed class TimerQueue : IDisposable
{
    /// <summary>The clock takes no longer waits; it is then set again.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly PriorityQueue<Action, DateTimeOffset> _due = new();
    private readonly TimeProvider _time;
    private readonly Lock _gate;
    private readonly ITimer _clock;

    public TimerQueue(TimeProvider time, Lock gate)
    {
        _time = time;
        _gate = gate;
        _clock = time.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(DateTimeOffset moment, Action action)
    {
        var isNext = !_due.TryPeek(out _, out var next) || moment < next;
        _due.Enqueue(action, moment);
        if (isNext)
            Set(moment);
    }

    public void Dispose() => _clock.Dispose();

    private void Fire()
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            while (_due.TryPeek(out _, out var moment))
            {
                if (moment > now)
                {
                    Set(moment);
                    return;
                }

                _due.Dequeue()();
            }
        }
    }

    // Rounded up: a clock that rings early would ring twice.
    private void Set(DateTimeOffset moment)
    {
        var wait = moment - _time.GetUtcNow();
        var milliseconds = Math.Ceiling(Math.Clamp(wait.TotalMilliseconds, 0, LongestWait.TotalMilliseconds));
        _clock.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
    }
}
