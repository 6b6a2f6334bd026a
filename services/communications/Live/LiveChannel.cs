using System.Collections.Concurrent;
using System.Threading.Channels;
using Platform.Caching;
using Platform.Communications.V1;

namespace Platform.Communications.Live;

/// <summary>Hands what any replica tells to the gateways that watch at this one. It may come twice; its cursor says so.</summary>
internal sealed class LiveChannel
{
    /// <summary>The signal of changes.</summary>
    public const string Changes = "changes";

    /// <summary>The signal of who looks at what.</summary>
    public const string Presences = "presences";

    private const int MostUnread = 2_000;

    private readonly ConcurrentDictionary<Watcher, bool> _watchers = new();

    public LiveChannel(ReplicaSignal signal)
    {
        signal.On(Changes, (tenant, text) => Tell(new WatchChangesResponse { TenantId = tenant.ToString(), Batch = ChangeBatch.Parser.ParseFrom(Convert.FromBase64String(text)) }),
            () => Tell(new WatchChangesResponse { Missed = true }));
        signal.On(Presences, (tenant, text) => Tell(new WatchChangesResponse { TenantId = tenant.ToString(), Presence = Presence.Parser.ParseFrom(Convert.FromBase64String(text)) }), () => { });
    }

    public Watcher Open()
    {
        var watcher = new Watcher(this);
        _watchers[watcher] = true;
        return watcher;
    }

    private void Tell(WatchChangesResponse message)
    {
        foreach (var watcher in _watchers.Keys)
            watcher.Tell(message);
    }

    /// <summary>One gateway. Who reads too slowly is cut off, and asks for what it missed.</summary>
    internal sealed class Watcher(LiveChannel owner) : IDisposable
    {
        private readonly Channel<WatchChangesResponse> _unread = Channel.CreateBounded<WatchChangesResponse>(MostUnread);

        public ChannelReader<WatchChangesResponse> Messages => _unread.Reader;

        public void Tell(WatchChangesResponse message)
        {
            if (!_unread.Writer.TryWrite(message))
                _unread.Writer.TryComplete();
        }

        public void Dispose() => owner._watchers.TryRemove(this, out _);
    }
}
