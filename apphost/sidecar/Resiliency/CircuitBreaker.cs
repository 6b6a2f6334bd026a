namespace Platform.Sidecar.Resiliency;

/// <summary>How a circuit breaker is set.</summary>
internal sealed record CircuitBreakerOptions(string Name)
{
    /// <summary>How many calls may go through while it is half open, and how many must succeed to close it.</summary>
    public int MaxRequests { get; init; } = 1;

    /// <summary>How often the counts of the closed state are cleared; zero for never.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>How long it stays open before it tries.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    public TripExpression Trip { get; init; } = TripExpression.Default;
}

/// <summary>Lets nothing through for a while after too many failures, then a few calls to see.</summary>
internal sealed class CircuitBreaker(CircuitBreakerOptions options, TimeProvider time)
{
    private readonly Lock _guard = new();
    private State _state;
    private CallCounts _counts;
    private int _generation;
    private DateTimeOffset _ends = options.Interval > TimeSpan.Zero ? time.GetUtcNow() + options.Interval : DateTimeOffset.MaxValue;

    private enum State
    {
        Closed,
        Open,
        HalfOpen,
    }

    /// <summary>As metrics and dashboards name it: closed, open, half-open.</summary>
    public string StateName
    {
        get
        {
            lock (_guard)
            {
                MoveOn();
                return _state switch { State.Closed => "closed", State.Open => "open", _ => "half-open" };
            }
        }
    }

    /// <returns>What the result is to be noted under.</returns>
    /// <exception cref="CircuitOpenException">Nothing may go through.</exception>
    public int Enter()
    {
        lock (_guard)
        {
            MoveOn();
            if (_state == State.Open || (_state == State.HalfOpen && _counts.Requests >= options.MaxRequests))
                throw new CircuitOpenException(_state == State.HalfOpen);
            _counts = _counts with { Requests = _counts.Requests + 1 };
            return _generation;
        }
    }

    public void Succeeded(int entry)
    {
        lock (_guard)
        {
            MoveOn();
            if (entry != _generation)
                return;
            _counts = _counts with
            {
                TotalSuccesses = _counts.TotalSuccesses + 1,
                ConsecutiveSuccesses = _counts.ConsecutiveSuccesses + 1,
                ConsecutiveFailures = 0,
            };
            if (_state == State.HalfOpen && _counts.ConsecutiveSuccesses >= options.MaxRequests)
                Become(State.Closed);
        }
    }

    public void Failed(int entry)
    {
        lock (_guard)
        {
            MoveOn();
            if (entry != _generation)
                return;
            _counts = _counts with
            {
                TotalFailures = _counts.TotalFailures + 1,
                ConsecutiveFailures = _counts.ConsecutiveFailures + 1,
                ConsecutiveSuccesses = 0,
            };
            if (_state == State.HalfOpen || options.Trip.Holds(_counts))
                Become(State.Open);
        }
    }

    private void MoveOn()
    {
        if (time.GetUtcNow() < _ends)
            return;
        Become(_state == State.Open ? State.HalfOpen : _state);
    }

    private void Become(State state)
    {
        (_state, _counts, _generation) = (state, default, _generation + 1);
        _ends = state switch
        {
            State.Open => time.GetUtcNow() + options.Timeout,
            State.Closed when options.Interval > TimeSpan.Zero => time.GetUtcNow() + options.Interval,
            _ => DateTimeOffset.MaxValue,
        };
    }
}
