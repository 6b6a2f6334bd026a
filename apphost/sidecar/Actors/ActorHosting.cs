using System.Collections.Concurrent;
using Platform.Sidecar.Apps;
using Platform.Sidecar.Health;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Scheduling;

namespace Platform.Sidecar.Actors;

/// <summary>Makes an app the host of the actor types that it names, for as long as it is up.</summary>
internal sealed partial class ActorHosting : IAppLifecycle, IReadiness
{
    private readonly ConcurrentDictionary<string, bool> _ready = new(StringComparer.Ordinal);
    private readonly ActorPlacement _placement;
    private readonly ActorTimers _timers;
    private readonly ActorConfigSource _source;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly TimeProvider _time;
    private readonly ILogger<ActorHosting> _logger;

    public ActorHosting(
        ActorPlacement placement, ActorTimers timers, ActorConfigSource source, Scheduler scheduler,
        IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ActorHosting> logger)
    {
        (_placement, _timers, _source, _lifetime, _time, _logger) = (placement, timers, source, lifetime, time, logger);
        placement.OnType = (type, isHosted) =>
        {
            var audience = new Audience(ScheduleKind.Reminder, type);
            if (isHosted)
                scheduler.Open(audience);
            else
                scheduler.Close(audience);
        };
    }

    /// <summary>Whether the app was asked what it hosts.</summary>
    public bool IsReady(SidecarApp app) => app.Channel is null || _ready.ContainsKey(app.Id);

    public async Task RunWhileUp(SidecarApp app, CancellationToken down)
    {
        try
        {
            var types = await _source.Read(app, down);
            if (types.Count > 0 && app.ActorStateStore is not null)
            {
                await Host(app, types, down);
                return;
            }

            if (types.Count > 0)
                Log.NoStore(_logger, app.Id);
            _ready[app.Id] = true;
            await Task.Delay(Timeout.Infinite, down);
        }
        finally
        {
            _ready.TryRemove(app.Id, out _);
        }
    }

    private async Task Host(SidecarApp app, IReadOnlyDictionary<string, ActorTypeOptions> types, CancellationToken down)
    {
        using var host = new ActorHost(app, types, _timers, _time, _logger);
        _placement.Add(host);
        _ready[app.Id] = true;
        Log.Hosts(_logger, app.Id, string.Join(", ", types.Keys));
        try
        {
            await Task.Delay(Timeout.Infinite, down);
        }
        finally
        {
            await _placement.Remove(host, Close);
            // Those of actors that were never called are left.
            _timers.DropTypes(type => types.ContainsKey(type) && !_placement.IsHosted(type));
        }
    }

    // Without health checks an app that is down has no process any more.
    private Task Close(ActorHost host) => host.Close(
        appIsGone: !host.App.Options.Health.Enabled && !_lifetime.ApplicationStopping.IsCancellationRequested, host.App.Options.GracefulShutdown);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "App {App} hosts the actors {Types}")]
        public static partial void Hosts(ILogger logger, string app, string types);

        [LoggerMessage(LogLevel.Warning, "App {App} wants to host actors, but none of its state stores is marked actorStateStore")]
        public static partial void NoStore(ILogger logger, string app);
    }
}
