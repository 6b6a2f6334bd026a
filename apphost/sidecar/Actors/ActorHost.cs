using Platform.Sidecar.Apps;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Observability;
using Platform.Sidecar.Scheduling;

namespace Platform.Sidecar.Actors;

/// <summary>The actors that are active in one app, from when it says that it hosts their types until it goes.</summary>
internal sealed partial class ActorHost : IDisposable
{
    private const int MostDeactivations = 64;
    private const int MostReminders = 256;
    private static readonly TimeSpan DeactivationTimeout = TimeSpan.FromSeconds(5);

    private readonly Dictionary<ActorAddress, Actor> _actors = [];
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _deactivations = new(MostDeactivations);
    private readonly CancellationTokenSource _hurry = new();
    private readonly Alarms<Actor> _idle;
    private readonly ActorTimers _timers;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private bool _closing;
    private bool _appIsGone;

    public ActorHost(SidecarApp app, IReadOnlyDictionary<string, ActorTypeOptions> types, ActorTimers timers, TimeProvider time, ILogger logger)
    {
        (App, Types, _timers, _time, _logger) = (app, types, timers, time, logger);
        _idle = new Alarms<Actor>(time, actor => _ = DeactivateIdle(actor));
    }

    public SidecarApp App { get; }
    public AppChannel Channel => App.Channel!;
    public IReadOnlyDictionary<string, ActorTypeOptions> Types { get; }

    /// <summary>Bounds how many reminders are with the app at one time; each has its actor's turn already.</summary>
    public SemaphoreSlim Reminders { get; } = new(MostReminders);

    public IReadOnlyList<ActorAddress> Active
    {
        get
        {
            lock (_gate)
                return [.. _actors.Keys];
        }
    }

    public bool IsActive(ActorAddress address)
    {
        lock (_gate)
            return _actors.ContainsKey(address);
    }

    /// <summary>Waits for the actor's turn; an actor that was not active is from now on.</summary>
    /// <exception cref="ActorGoneException">It was being deactivated, which is over now: look for it anew.</exception>
    public async Task<Turn> Enter(ActorAddress address, string? reentrancyId, CancellationToken cancellationToken)
    {
        var actor = GetOrActivate(address);
        try
        {
            var turn = await Count(actor.Turns.Enter(reentrancyId, cancellationToken), address.Type);
            actor.Touch(_time.GetUtcNow());
            return turn;
        }
        catch (ActorGoneException)
        {
            await actor.Removal.WaitAsync(cancellationToken);
            throw;
        }
    }

    // A call that waits has its place among the others already.
    private async Task<Turn> Count(Task<Turn> turn, string type)
    {
        if (turn.IsCompleted)
            return await turn;
        App.Metrics.Change(Metric.PendingActorCalls, 1, type);
        try
        {
            return await turn;
        }
        finally
        {
            App.Metrics.Change(Metric.PendingActorCalls, -1, type);
        }
    }

    /// <summary>Lets the call under way finish and deactivates the actor.</summary>
    public Task Release(ActorAddress address)
    {
        Actor? actor;
        lock (_gate)
            _actors.TryGetValue(address, out actor);
        return actor is null ? Task.CompletedTask : Release(actor);
    }

    /// <summary>Deactivates all actors. New ones are not taken any more.</summary>
    /// <param name="appIsGone">There is nobody to be told.</param>
    /// <param name="longest">Longest time that calls under way get, whatever their type says.</param>
    public async Task Close(bool appIsGone, TimeSpan longest)
    {
        Actor[] actors;
        lock (_gate)
        {
            (_closing, _appIsGone) = (true, appIsGone);
            actors = [.. _actors.Values];
        }

        _hurry.CancelAfter(appIsGone ? TimeSpan.Zero : longest);
        await Task.WhenAll(actors.Select(Release));
    }

    public void Dispose()
    {
        _idle.Dispose();
        _hurry.Dispose();
        _deactivations.Dispose();
        Reminders.Dispose();
    }

    private Actor GetOrActivate(ActorAddress address)
    {
        lock (_gate)
        {
            if (_actors.TryGetValue(address, out var actor))
                return actor;
            if (_closing)
                throw new ActorGoneException();
            actor = new Actor(address, Types[address.Type]);
            actor.Touch(_time.GetUtcNow());
            _actors.Add(address, actor);
            _idle.Set(actor, actor.IdleAt);
            return actor;
        }
    }

    private Task Release(Actor actor) => actor.Remove(async gone =>
    {
        await gone.Turns.Drain(gone.Options.Drain ? gone.Options.DrainTimeout : TimeSpan.Zero, _hurry.Token);
        await Deactivate(gone);
    });

    // A call may have come since the alarm was set: then it is set again.
    private async Task DeactivateIdle(Actor actor)
    {
        var now = _time.GetUtcNow();
        if (actor.IdleAt > now)
            _idle.Set(actor, actor.IdleAt);
        else if (actor.Turns.TryClose())
            await actor.Remove(Deactivate);
        else
            _idle.Set(actor, now + actor.Options.IdleTimeout);
    }

    private async Task Deactivate(Actor actor)
    {
        _idle.Cancel(actor);
        _timers.Drop(actor.Address);
        try
        {
            if (!_appIsGone)
                await TellApp(actor.Address);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or ActorFailedException or OperationCanceledException)
        {
            Log.NotDeactivated(_logger, App.Id, actor.Address.Type, error.Message);
        }
        finally
        {
            lock (_gate)
                _actors.Remove(actor.Address);
        }
    }

    private async Task TellApp(ActorAddress address)
    {
        using var limit = new CancellationTokenSource(DeactivationTimeout, _time);
        await _deactivations.WaitAsync(limit.Token);
        try
        {
            await Channel.Deactivate(address, limit.Token);
        }
        finally
        {
            _deactivations.Release();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "App {App} was not told that an actor of type {Type} is deactivated: {Reason}")]
        public static partial void NotDeactivated(ILogger logger, string app, string type, string reason);
    }
}
