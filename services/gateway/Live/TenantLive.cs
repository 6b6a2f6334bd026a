using System.Collections.Concurrent;
using System.Threading.Channels;
using Grpc.Core;
using Platform.Communications.V1;

namespace Platform.Gateway.Live;

/// <summary>A company of which somebody is connected to this gateway: who is where, what has changed, and what of it was told.</summary>
internal sealed partial class TenantLive : IDisposable
{
    private const string Access = "tenants.access";

    // An import tells of something all the time: whoever hears it asks again at most so often.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // The owners of records hear of rights by the same event, at about the same time.
    private static readonly TimeSpan UntilAllKnow = TimeSpan.FromSeconds(1);

    private readonly Guid _tenant;
    private readonly LiveFeed _feed;
    private readonly ViewerRights _rights;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ChangeLog _log;
    private readonly RoomBook _rooms = new();
    private readonly Presences _presences;
    private readonly Teller _teller;
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentDictionary<Viewer, bool> _viewers = new();
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // What came; null where something may be missing.
    private readonly Channel<ChangeBatch?> _heard = Channel.CreateUnbounded<ChangeBatch?>();
    private readonly Lock _saying = new();
    private Task _said = Task.CompletedTask;
    private long _told;
    private bool _hasFailed;

    public TenantLive(Guid tenant, LiveFeed feed, ViewerRights rights, TimeProvider time, ILogger logger)
    {
        (_tenant, _feed, _rights, _time, _logger) = (tenant, feed, rights, time, logger);
        (_log, _presences, _teller) = (new ChangeLog(time), new Presences(time), new Teller(_rooms, rights));
        _heard.Writer.TryWrite(null);
        _ = Task.Run(RunAsync);
    }

    public ICollection<Viewer> Viewers => _viewers.Keys;

    /// <summary>Up to where everything was told.</summary>
    public string Cursor => Interlocked.Read(ref _told).ToString(System.Globalization.CultureInfo.InvariantCulture);

    public void Enter(Viewer viewer) => _viewers[viewer] = true;

    public void Leave(Viewer viewer)
    {
        foreach (var room in viewer.Rooms.Values)
            Leave(viewer, room.Name);
        _viewers.TryRemove(viewer, out _);
    }

    /// <summary>Lets the viewer in, if what is there may be seen, and says what has changed there since.</summary>
    public async Task<(bool Changed, LiveError? Error)> JoinAsync(Viewer viewer, Room room, Since since)
    {
        switch (await _rights.MaySeeAsync(viewer, room))
        {
            case Sight.No:
                return (false, LiveError.Denied);
            case Sight.Hidden:
                return (false, LiveError.NotFound);
            case Sight.Unknown:
                return (false, LiveError.Unavailable);
        }

        if (await Task.WhenAny(_begun.Task, Task.Delay(Patience, _time, viewer.Gone)) != _begun.Task)
            return (false, LiveError.Unavailable);
        _rooms.Add(viewer, room);
        if (viewer.Gone.IsCancellationRequested)
            _rooms.Remove(viewer, room.Name);
        else if (room.HasPresence)
            Appear(viewer, room);
        return (_log.HasChanged(room, since), null);
    }

    public void Leave(Viewer viewer, string room)
    {
        if (viewer.Rooms.TryGetValue(room, out var known) && _rooms.Remove(viewer, room) && known.HasPresence && viewer.IsPerson)
            Say([PresenceOf(viewer, known, gone: true)]);
    }

    public void Hear(ChangeBatch? batch) => _heard.Writer.TryWrite(batch);

    public void Hear(Presence told)
    {
        if (told.Asks)
            _ = _feed.TellAsync(_tenant, Own().Where(own => own.Room == told.Room));
        else if (_presences.Hear(told))
            TellPeople(told.Room);
    }

    /// <summary>Says again who is here, and forgets who was not heard of.</summary>
    public Task RenewPresenceAsync()
    {
        foreach (var room in _presences.Sweep())
            TellPeople(room);
        var own = Own().ToList();
        own.ForEach(Hear);
        return own.Count == 0 ? Task.CompletedTask : _feed.TellAsync(_tenant, own);
    }

    public void Dispose() => _ending.Cancel();

    private void Appear(Viewer viewer, Room room)
    {
        // Whoever is alone here may not be so elsewhere.
        List<Presence> said = _rooms.In(room.Name).Count == 1 ? [new Presence { Room = room.Name, Asks = true }] : [];
        if (viewer.IsPerson)
            said.Add(PresenceOf(viewer, room, gone: false));
        Say(said);
        viewer.Tell("present", new Present(room.Name, _presences.In(room.Name)));
    }

    // Here at once; nobody waits until the others have heard it.
    private void Say(IReadOnlyCollection<Presence> presences)
    {
        foreach (var presence in presences.Where(presence => !presence.Asks))
            Hear(presence);
        // In order: who has come and gone again is gone.
        lock (_saying)
            _said = SayAfterAsync(_said, presences);
    }

    private async Task SayAfterAsync(Task before, IReadOnlyCollection<Presence> presences)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _feed.TellAsync(_tenant, presences);
    }

    private void TellPeople(string room)
    {
        var present = new Present(room, _presences.In(room));
        foreach (var viewer in _rooms.In(room))
            viewer.Tell("present", present);
    }

    private IEnumerable<Presence> Own() => _viewers.Keys.Where(viewer => viewer.IsPerson)
        .SelectMany(viewer => viewer.Rooms.Values.Where(room => room.HasPresence).Select(room => PresenceOf(viewer, room, gone: false)));

    private static Presence PresenceOf(Viewer viewer, Room room, bool gone) =>
        new() { Room = room.Name, Connection = viewer.Window, UserId = viewer.User, UserName = viewer.Name[..Math.Min(viewer.Name.Length, 200)], Gone = gone };

    private async Task RunAsync()
    {
        try
        {
            await _feed.Begun.WaitAsync(_ending.Token);
            while (await _heard.Reader.WaitToReadAsync(_ending.Token))
            {
                await Task.Delay(await TellOrFailAsync() ? Pause : PauseAfterFailure, _time, _ending.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody of the company is here any more.
        }
    }

    // What could not be told to somebody is told to everybody, as if it were not known any more.
    private async Task<bool> TellOrFailAsync()
    {
        try
        {
            return await TryTellAsync();
        }
        catch (Exception failure) when (!_ending.IsCancellationRequested)
        {
            LogFailed(_logger, failure);
            _hasFailed = true;
            _heard.Writer.TryWrite(null);
            return false;
        }
    }

    // All that has come by now, at once and in order.
    private async Task<bool> TryTellAsync()
    {
        var (came, isMissing) = (new List<ChangeBatch>(), false);
        while (_heard.Reader.TryRead(out var batch))
        {
            isMissing |= batch is null;
            if (batch is not null)
                came.Add(batch);
        }

        var fresh = new List<ChangeBatch>();
        foreach (var batch in came.OrderBy(batch => batch.Cursor).Where(batch => batch.Cursor > _log.Cursor))
        {
            if (_begun.Task.IsCompleted && _log.TryAdd(batch))
                fresh.Add(batch);
            else
                isMissing |= batch.Cursor > _log.Cursor;
        }

        var isComplete = !isMissing || await TryListAsync(fresh);
        if (_hasFailed)
            fresh.Add(Anything(_log.Cursor));
        await TellAsync(fresh);
        _hasFailed = false;
        return isComplete;
    }

    // Where nobody answers, somebody is asked again; what came without a gap is told all the same.
    private async Task<bool> TryListAsync(List<ChangeBatch> fresh)
    {
        try
        {
            fresh.AddRange(await ListAsync());
            return true;
        }
        catch (RpcException)
        {
            _heard.Writer.TryWrite(null);
            return false;
        }
    }

    private static ChangeBatch Anything(long cursor) => new() { Cursor = cursor, Changes = { new Change { Resource = Room.Everything, Kind = ChangeKind.Updated } } };

    private async Task<IReadOnlyList<ChangeBatch>> ListAsync()
    {
        // While the stream is not open, what is listed now would be followed by a gap that nobody sees.
        if (!_feed.IsOpen)
            throw new RpcException(new Status(StatusCode.Unavailable, "The stream is not open."));
        var (isFirst, known) = (!_begun.Task.IsCompleted, _log.Cursor);
        var kept = await _feed.ListAsync(_tenant, 0, _ending.Token);
        _log.Begin(kept);
        if (isFirst)
        {
            Interlocked.Exchange(ref _told, _log.Cursor);
            _begun.TrySetResult();
            return [];
        }

        return kept.CompleteAfter > known
            ? [Anything(kept.Cursor)]
            : [.. kept.Batches.Where(batch => batch.Cursor > known)];
    }

    private async Task TellAsync(List<ChangeBatch> fresh)
    {
        if (fresh.Count == 0)
            return;
        List<Change> changes = [.. fresh.SelectMany(batch => batch.Changes)];
        foreach (var concerned in Concerned(changes))
            _ = RecheckAsync(concerned);
        var told = await _teller.TellAsync(changes, Viewers.ToList());
        Interlocked.Exchange(ref _told, Math.Max(_told, fresh.Max(batch => batch.Cursor)));
        // Behind all that was told of it: whoever has this has missed nothing before.
        foreach (var viewer in told)
            viewer.Tell("told", new Told(Cursor));
    }

    private IEnumerable<Viewer> Concerned(List<Change> changes)
    {
        var rights = changes.Where(change => change.Resource is Access or Room.Everything).ToList();
        return rights.Count == 0 ? [] : _viewers.Keys.Where(viewer => rights.Exists(change => change.UserId.Length == 0 || change.UserId == viewer.User));
    }

    // At once, and when everybody must have heard of it.
    private async Task RecheckAsync(Viewer viewer)
    {
        try
        {
            await RecheckOnceAsync(viewer);
            await Task.Delay(UntilAllKnow, _time, viewer.Gone);
            await RecheckOnceAsync(viewer);
        }
        catch (OperationCanceledException)
        {
            // It has gone.
        }
    }

    private async Task RecheckOnceAsync(Viewer viewer)
    {
        if (await _rights.IsMemberAsync(viewer))
            await _teller.RecheckAsync(viewer);
        else
            viewer.End(LiveError.MembershipLost);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Changes could not be told; all who listen are told to ask again")]
    private static partial void LogFailed(ILogger logger, Exception failure);
}
