using Dapr.Client.Autogen.Grpc.v1;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.State;

namespace Platform.Sidecar.Scheduling;

/// <summary>
/// All jobs and reminders of all apps. They wait in memory, on one clock; each change is durable before it is answered, so a start
/// needs the rows only. A delivery is concluded when its outcome is known: what a crash interrupts is delivered once more.
/// </summary>
internal sealed partial class Scheduler : IAsyncDisposable
{
    private static readonly TimeSpan PauseWhenNobodyThere = TimeSpan.FromSeconds(1);

    private readonly Dictionary<ScheduleKey, ScheduledEntry> _entries = [];
    private readonly Dictionary<Audience, HashSet<ScheduledEntry>> _staged = [];
    private readonly HashSet<Audience> _open = [];
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<ScheduleKind, IScheduleTarget> _targets;
    private readonly Alarms<ScheduledEntry> _alarms;
    private readonly ScheduleWriter _writer;
    private readonly TimeProvider _time;
    private readonly ILogger<Scheduler> _logger;

    public Scheduler(IEnumerable<IScheduleTarget> targets, ScheduleWriter writer, TimeProvider time, ILogger<Scheduler> logger)
    {
        (_writer, _time, _logger) = (writer, time, logger);
        _targets = targets.ToDictionary(target => target.Kind);
        _alarms = new Alarms<ScheduledEntry>(time, entry => _ = Deliver(entry));
    }

    /// <summary>Takes up what was scheduled before; called before anything is served.</summary>
    public async Task Load(SidecarApp app, CancellationToken cancellationToken)
    {
        var home = ScheduleHome.Of(app);
        foreach (var entry in await ScheduleReader.Read(home, _logger, cancellationToken))
        {
            lock (_gate)
            {
                if (entry.Next is { } next && _entries.TryAdd(entry.Key, entry))
                    _alarms.Set(entry, next);
            }
        }
    }

    /// <summary>Returns when it is durable.</summary>
    /// <exception cref="FormatException">The definition makes no sense.</exception>
    /// <exception cref="AlreadyScheduledException">There is one of that name, and it may not be overwritten.</exception>
    public async Task Add(SidecarApp app, ScheduleKey key, Job definition, bool overwrite, CancellationToken cancellationToken)
    {
        var entry = ScheduledEntry.Create(key, ScheduleHome.Of(app), definition, _time.GetUtcNow());
        if (entry.Home.Store is null)
            Log.NotDurable(_logger, app.Id, key.Name);
        ScheduledEntry? previous;
        Task written;
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out previous) && !overwrite)
                throw new AlreadyScheduledException(key);
            Forget(previous);
            if (previous is not null && previous.Home.RowOf(key) != entry.Home.RowOf(key))
                _ = _writer.Add(previous.Home, StateChange.Delete(previous.Home.RowOf(key)), untilDone: true);
            _entries[key] = entry;
            written = _writer.Add(entry.Home, StateChange.Upsert(entry.Home.RowOf(key), entry.ToRow()), untilDone: false);
        }

        try
        {
            await written.WaitAsync(cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Restore(key, entry, previous);
            throw;
        }
        finally
        {
            lock (_gate)
                Wait(entry);
        }
    }

    public ScheduledEntry? Find(ScheduleKey key)
    {
        lock (_gate)
            return _entries.GetValueOrDefault(key);
    }

    public IReadOnlyList<ScheduledEntry> List(Func<ScheduleKey, bool> which)
    {
        lock (_gate)
            return [.. _entries.Values.Where(entry => which(entry.Key)).OrderBy(entry => entry.Key.ActorId, StringComparer.Ordinal)
                .ThenBy(entry => entry.Key.Name, StringComparer.Ordinal)];
    }

    /// <summary>Returns when it is durable; what does not exist is gone already.</summary>
    public Task Remove(ScheduleKey key, CancellationToken cancellationToken) =>
        Find(key) is { } entry ? Remove([entry], cancellationToken) : Task.CompletedTask;

    public Task Remove(Func<ScheduleKey, bool> which, CancellationToken cancellationToken) => Remove(List(which), cancellationToken);

    private async Task Remove(IReadOnlyList<ScheduledEntry> entries, CancellationToken cancellationToken)
    {
        List<Task> written = [];
        lock (_gate)
        {
            foreach (var entry in entries.Where(IsCurrent))
            {
                Forget(entry);
                _entries.Remove(entry.Key);
                written.Add(_writer.Add(entry.Home, StateChange.Delete(entry.Home.RowOf(entry.Key)), untilDone: false));
            }
        }

        try
        {
            await Task.WhenAll(written).WaitAsync(cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            foreach (var entry in entries)
                Restore(entry.Key, null, entry);
            throw;
        }
    }

    // The store kept what it had, so memory goes back to that.
    private void Restore(ScheduleKey key, ScheduledEntry? failed, ScheduledEntry? previous)
    {
        lock (_gate)
        {
            if (_entries.GetValueOrDefault(key) != failed)
                return;
            _entries.Remove(key);
            if (previous is null)
                return;
            _entries[key] = previous;
            Wait(previous);
        }
    }

    private bool IsCurrent(ScheduledEntry entry) => _entries.GetValueOrDefault(entry.Key) == entry;

    private void Forget(ScheduledEntry? entry)
    {
        if (entry is null)
            return;
        _alarms.Cancel(entry);
        if (_staged.TryGetValue(entry.Key.Audience, out var staged))
            staged.Remove(entry);
    }

    private void Wait(ScheduledEntry entry)
    {
        if (IsCurrent(entry) && !entry.IsRunning && entry.Next is { } next)
            _alarms.Set(entry, next);
    }

    public async ValueTask DisposeAsync()
    {
        _alarms.Dispose();
        await _stopping.CancelAsync();
        _stopping.Dispose();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Entry} of {Audience} was not delivered: {Reason}")]
        public static partial void Failed(ILogger logger, string entry, string audience, string reason);

        [LoggerMessage(LogLevel.Warning, "App {App} has no state store: {Entry} is kept in memory only")]
        public static partial void NotDurable(ILogger logger, string app, string entry);
    }
}
