namespace Platform.Sidecar.Actors;

/// <summary>
/// Which app hosts which actor. All sidecars are one process, so this is one table; an actor whose type several apps host belongs to
/// one of them, always the same while they stay.
/// </summary>
internal sealed class ActorPlacement(TimeProvider time)
{
    /// <summary>How long a caller waits for a host: an app that is just starting over is worth it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, List<ActorHost>> _types = [];
    private readonly HashSet<ActorHost> _leaving = [];
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = New();
    private bool _closed;

    /// <summary>Told, under the lock, of every type that gets its first host or loses its last.</summary>
    public Action<string, bool> OnType { get; set; } = (_, _) => { };

    public IReadOnlyList<ActorHost> Hosts
    {
        get
        {
            lock (_gate)
                return [.. _types.Values.SelectMany(hosts => hosts).Distinct()];
        }
    }

    /// <summary>An app's host, even when it is just letting its actors go.</summary>
    public ActorHost? HostOf(string appId)
    {
        lock (_gate)
            return _types.Values.SelectMany(hosts => hosts).Concat(_leaving).FirstOrDefault(host => host.App.Id == appId);
    }

    /// <returns>The host, which alone has the actor: another that had it has let it go.</returns>
    /// <exception cref="Errors.DaprException">No app hosts the type.</exception>
    public async Task<ActorHost> Find(ActorAddress actor, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            ActorHost? owner;
            ActorHost[] others;
            Task changed;
            lock (_gate)
            {
                if (_closed)
                    throw ActorErrors.Closed.AsException();
                owner = OwnerOf(actor);
                others = [.. (_types.GetValueOrDefault(actor.Type) ?? []).Concat(_leaving).Where(host => host != owner)];
                changed = _changed.Task;
            }

            foreach (var other in others)
                await other.Release(actor).WaitAsync(cancellationToken);
            if (owner is not null)
                return owner;
            var left = Patience - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
                throw ActorErrors.NoAddress(actor).AsException();
            await changed.WaitAsync(left, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public void Add(ActorHost host)
    {
        List<(ActorHost Host, ActorAddress Actor)> moved = [];
        lock (_gate)
        {
            foreach (var type in host.Types.Keys)
            {
                if (!_types.TryGetValue(type, out var hosts))
                    _types.Add(type, hosts = []);
                hosts.Add(host);
                if (hosts.Count == 1)
                    OnType(type, true);
                else
                    moved.AddRange(Misplaced(type, hosts));
            }

            Pulse();
        }

        foreach (var (old, actor) in moved)
            _ = old.Release(actor);
    }

    /// <summary>Takes a host out; its actors belong to it until they are deactivated.</summary>
    public async Task Remove(ActorHost host, Func<ActorHost, Task> close)
    {
        lock (_gate)
        {
            _leaving.Add(host);
            foreach (var type in host.Types.Keys)
            {
                if (_types.GetValueOrDefault(type) is not { } hosts || !hosts.Remove(host) || hosts.Count > 0)
                    continue;
                _types.Remove(type);
                OnType(type, false);
            }
        }

        try
        {
            await close(host);
        }
        finally
        {
            lock (_gate)
            {
                _leaving.Remove(host);
                Pulse();
            }
        }
    }

    public bool IsHosted(string type)
    {
        lock (_gate)
            return _types.ContainsKey(type);
    }

    /// <summary>Nobody waits for a host any more: the sidecar stops.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Pulse();
        }
    }

    /// <summary>Waits until all hosts are gone.</summary>
    public async Task WhenEmpty(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_types.Count == 0 && _leaving.Count == 0)
                    return;
                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private IEnumerable<(ActorHost Host, ActorAddress Actor)> Misplaced(string type, IEnumerable<ActorHost> hosts) =>
        hosts.SelectMany(host => host.Active, (host, actor) => (host, actor)).Where(pair => pair.actor.Type == type && OwnerOf(pair.actor) != pair.host);

    private ActorHost? OwnerOf(ActorAddress actor) =>
        _types.GetValueOrDefault(actor.Type) is not { } hosts ? null : hosts.Count == 1 ? hosts[0] : hosts.MaxBy(host => Weight(host.App.Id, actor));

    // The highest weight wins: when a host comes or goes, only the actors that it has or gets move.
    private static ulong Weight(string appId, ActorAddress actor)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in $"{appId}||{actor}")
            hash = (hash ^ character) * 1099511628211UL;
        hash = (hash ^ (hash >> 32)) * 0x9E3779B97F4A7C15UL;
        return hash ^ (hash >> 29);
    }

    private void Pulse()
    {
        _changed.SetResult();
        _changed = New();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
