using Platform.Sidecar.Scheduling;

namespace Platform.Sidecar.Actors;

/// <summary>The timers of all actors: in memory only, they end with the actor that they belong to.</summary>
internal sealed partial class ActorTimers : IDisposable
{
    private readonly Dictionary<ActorAddress, Dictionary<string, ActorTimer>> _timers = [];
    private readonly Lock _gate = new();
    private readonly Alarms<ActorTimer> _alarms;
    private readonly ActorRouter _router;
    private readonly TimeProvider _time;
    private readonly ILogger<ActorTimers> _logger;

    public ActorTimers(ActorRouter router, TimeProvider time, ILogger<ActorTimers> logger)
    {
        (_router, _time, _logger) = (router, time, logger);
        _alarms = new Alarms<ActorTimer>(time, timer => _ = Fire(timer));
    }

    /// <summary>Sets a timer in place of the one of that name.</summary>
    /// <exception cref="FormatException">What is asked for makes no sense.</exception>
    public void Set(ActorAddress actor, string name, ActorTimerRequest request)
    {
        var timer = new ActorTimer(actor, name, request, _time.GetUtcNow());
        lock (_gate)
        {
            Remove(actor, name);
            if (!_timers.TryGetValue(actor, out var timers))
                _timers.Add(actor, timers = new Dictionary<string, ActorTimer>(StringComparer.Ordinal));
            timers[name] = timer;
            _alarms.Set(timer, timer.Next);
        }
    }

    public void Delete(ActorAddress actor, string name)
    {
        lock (_gate)
            Remove(actor, name);
    }

    public void Drop(ActorAddress actor)
    {
        lock (_gate)
        {
            if (!_timers.Remove(actor, out var timers))
                return;
            foreach (var timer in timers.Values)
                _alarms.Cancel(timer);
        }
    }

    /// <summary>Ends all timers of actors of such a type.</summary>
    public void DropTypes(Func<string, bool> which)
    {
        lock (_gate)
        {
            foreach (var actor in _timers.Keys.Where(actor => which(actor.Type)).ToList())
                Drop(actor);
        }
    }

    public IReadOnlyList<ActorTimer> Of(ActorAddress actor)
    {
        lock (_gate)
            return _timers.TryGetValue(actor, out var timers) ? [.. timers.Values.OrderBy(timer => timer.Name, StringComparer.Ordinal)] : [];
    }

    public void Dispose() => _alarms.Dispose();

    private async Task Fire(ActorTimer timer)
    {
        if (!IsCurrent(timer))
            return;
        var again = await Deliver(timer);
        lock (_gate)
        {
            if (!IsCurrent(timer))
                return;
            if (again && timer.Advance(_time.GetUtcNow()))
                _alarms.Set(timer, timer.Next);
            else
                Remove(timer.Actor, timer.Name);
        }
    }

    /// <returns>False when the actor wants no more of it. A failure is none of the timer's business: it goes on.</returns>
    private async Task<bool> Deliver(ActorTimer timer)
    {
        try
        {
            return await _router.Run(timer.Actor, null, (host, turn) => Call(host, turn, timer), CancellationToken.None);
        }
        catch (Exception error)
        {
            Log.Failed(_logger, timer.Name, timer.Actor.Type, error.Message);
            return true;
        }
    }

    // Waiting for the turn takes time, in which the timer may have been deleted.
    private async Task<bool> Call(ActorHost host, Turn turn, ActorTimer timer)
    {
        if (!IsCurrent(timer))
            return false;
        var request = new ActorRequest(ActorJson.Timer(timer.Request), "application/json");
        return !(await host.Channel.Call(timer.Actor, $"timer/{timer.Name}", request, turn.ReentrancyId, turn.Aborted)).IsCancelled;
    }

    private bool IsCurrent(ActorTimer timer)
    {
        lock (_gate)
            return _timers.TryGetValue(timer.Actor, out var timers) && timers.GetValueOrDefault(timer.Name) == timer;
    }

    private void Remove(ActorAddress actor, string name)
    {
        if (!_timers.TryGetValue(actor, out var timers) || !timers.Remove(name, out var timer))
            return;
        _alarms.Cancel(timer);
        if (timers.Count == 0)
            _timers.Remove(actor);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Timer {Name} of an actor of type {Type} failed: {Reason}")]
        public static partial void Failed(ILogger logger, string name, string type, string reason);
    }
}
