namespace Platform.Sidecar.Actors;

/// <summary>
/// Lets one call at a time into an actor, in the order in which they came. Where the actor is reentrant, calls that carry the id
/// of one that is inside, or waits, go with it.
/// </summary>
internal sealed class TurnLock(ActorTypeOptions options)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Flight> _flights = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _closed;

    /// <summary>Waits for the turn.</summary>
    /// <exception cref="ActorGoneException">The actor takes no more calls.</exception>
    public async Task<Turn> Enter(string? reentrancyId, CancellationToken cancellationToken)
    {
        var flight = Queue(reentrancyId);
        try
        {
            await flight.Started.Task.WaitAsync(cancellationToken);
        }
        catch
        {
            Leave(flight);
            throw;
        }

        return new Turn(flight.Id, () => Leave(flight), flight.Aborted.Token);
    }

    /// <summary>Takes no more calls, if there is none just now.</summary>
    public bool TryClose()
    {
        lock (_gate)
            return _flights.Count == 0 && (_closed = true);
    }

    /// <summary>Takes no more calls but those that belong to the present one, which is broken off when it takes longer than it may.</summary>
    public async Task Drain(TimeSpan patience, CancellationToken hurry)
    {
        Flight? present;
        lock (_gate)
        {
            _closed = true;
            present = _flights.First?.Value;
            foreach (var waiting in _flights.Skip(1))
                waiting.Started.TrySetException(new ActorGoneException());
            if (present is null)
                _empty.TrySetResult();
        }

        await _empty.Task.WaitAsync(patience, hurry).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_empty.Task.IsCompleted)
            await present!.Aborted.CancelAsync();
        await _empty.Task;
    }

    private Flight Queue(string? id)
    {
        lock (_gate)
        {
            if (options.IsReentrant && id is not null && _flights.FirstOrDefault(one => one.Id == id) is { } known)
            {
                if (known.Depth >= options.MaxStackDepth)
                    throw ActorErrors.StackDepth.AsException();
                known.Depth++;
                return known;
            }

            if (_closed)
                throw new ActorGoneException();
            var flight = new Flight(options.IsReentrant ? id ?? Guid.NewGuid().ToString() : null);
            if (_flights.Count == 0)
                flight.Started.SetResult();
            _flights.AddLast(flight);
            return flight;
        }
    }

    private void Leave(Flight flight)
    {
        lock (_gate)
        {
            if (--flight.Depth > 0)
                return;
            _flights.Remove(flight);
            if (_flights.First is { } next)
                next.Value.Started.TrySetResult();
            else if (_closed)
                _empty.TrySetResult();
        }
    }

    private sealed class Flight(string? id)
    {
        public string? Id { get; } = id;
        public int Depth { get; set; } = 1;
        public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public CancellationTokenSource Aborted { get; } = new();
    }
}
