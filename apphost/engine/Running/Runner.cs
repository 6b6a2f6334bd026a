using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Notifications;
using Platform.LocalHost.Ports;
using Platform.LocalHost.Urls;
using Platform.LocalHost.Waiting;

namespace Platform.LocalHost.Running;

/// <summary>Starts, watches and stops one resource.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A runner lives as long as its stack; what it holds is released by StopAsync.")]
internal abstract class Runner
{
    private static readonly TimeSpan WhenOwned = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WhenGiven = TimeSpan.FromSeconds(5);

    private readonly RunContext _context;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private CancellationTokenSource? _watching;
    private CancellationTokenSource? _starting;

    protected Runner(RunContext context, IResource resource, string type, string? name = null)
    {
        _context = context;
        Resource = resource;
        Name = name ?? resource.Name;
        Log = context.Logs.Of(Name);
        Set(new ResourceSnapshot(Name, type, ResourceState.NotStarted, null, null, null, null, Now, [], Log.Path));
    }

    public IResource Resource { get; }

    /// <summary>The resource's name; a replica has a number after it.</summary>
    public string Name { get; }

    public LogFile Log { get; }

    /// <summary>What must be ready before this starts; it stops only after this has stopped.</summary>
    public IReadOnlyList<Dependency> Dependencies { get; set; } = [];

    public ResourceSnapshot State => _context.Board[Name];

    /// <summary>A start is under way.</summary>
    public bool IsStarting
    {
        get
        {
            lock (_turn)
                return _starting is not null;
        }
    }

    /// <summary>It is started by somebody, and not with the others.</summary>
    public bool StartsOnDemand => Resource.Annotations.OfType<ExplicitStartupAnnotation>().Any();

    protected DateTimeOffset Now => _context.Time.GetUtcNow();

    protected RunContext Context => _context;

    /// <summary>Where it listens, in the order of its endpoints.</summary>
    protected virtual IReadOnlyList<string> Addresses =>
        [.. Resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => endpoint.AllocatedEndpoint?.UriString).OfType<string>()];

    /// <summary>The ports that it listens on.</summary>
    protected virtual IEnumerable<int> Ports => Resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => endpoint.AllocatedEndpoint?.Port).OfType<int>();

    /// <summary>How long it may take from its start to its first healthy answer.</summary>
    protected TimeSpan HealthTimeout => Resource is ExecutableResource ? _context.BuildTimeout : _context.HealthTimeout;

    /// <summary>Starts the resource after what it waits for, and returns when it is healthy. Broken off, it leaves nothing running.</summary>
    /// <exception cref="StackException">It did not start.</exception>
    /// <exception cref="OperationCanceledException">It was broken off, or stopped meanwhile.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (State.State is ResourceState.Running)
                return;
            using var starting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            lock (_turn)
                _starting = starting;
            try
            {
                await StartInTurnAsync(starting.Token);
            }
            finally
            {
                lock (_turn)
                    _starting = null;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Asks the resource to end, and ends it when it does not.</summary>
    public async Task StopAsync()
    {
        // A start may wait for another resource for as long as that one is away.
        Task? broken;
        lock (_turn)
            broken = _starting?.CancelAsync();
        if (broken is not null)
            await broken;
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            await StopInTurnAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Starts the resource; it need not be healthy yet.</summary>
    protected abstract Task StartCoreAsync(CancellationToken cancellationToken);

    protected abstract Task StopCoreAsync();

    /// <summary>It is known to run.</summary>
    protected virtual void OnRunning()
    {
    }

    /// <summary>Null when the resource is well, else what is wrong with it.</summary>
    protected abstract Task<string?> CheckAsync(CancellationToken cancellationToken);

    /// <summary>What the resource runs as.</summary>
    protected abstract int? ProcessId { get; }

    /// <summary>What the resource was started with beside what the host itself has; null where it has none, or was not started.</summary>
    public virtual IReadOnlyDictionary<string, string?>? StartedWith => null;

    /// <summary>The resource listens itself, so that nobody else may hold its ports before.</summary>
    protected virtual bool OwnsPorts => true;

    // The end of a process of this run is seen at once; that of a server which somebody else runs only by asking.
    private TimeSpan CheckPeriod => OwnsPorts ? WhenOwned : WhenGiven;

    /// <summary>Called by the resource's end, however it came about.</summary>
    protected void OnEnded(int? exitCode)
    {
        lock (_turn)
        {
            _watching?.Cancel();
            if (State.State is ResourceState.Stopping or ResourceState.FailedToStart)
                Set(State with { ProcessId = null, ExitCode = exitCode });
            else
                Set(State with { State = ResourceState.Exited, Healthy = null, Detail = null, ProcessId = null, ExitCode = exitCode, Since = Now });
        }

        Log.Note($"ended with exit code {exitCode}", Now);
    }

    protected void Update(ResourceState state, string? detail = null, bool? healthy = null)
    {
        var since = State.State == state && State.Healthy == healthy ? State.Since : Now;
        Set(State with { State = state, Detail = detail, Healthy = healthy, ProcessId = ProcessId, ExitCode = state is ResourceState.Exited ? State.ExitCode : null, Since = since });
    }

    private async Task StopInTurnAsync()
    {
        await StopWatchingAsync();
        if (State.State is not (ResourceState.Running or ResourceState.Starting))
            return;
        // Said before it ends, or who waits for it would take it for an end of its own.
        Set(State with { IsStoppedOnRequest = true });
        Update(ResourceState.Stopping);
        await StopCoreAsync();
        Update(ResourceState.Exited);
    }

    private async Task StartInTurnAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _context.Announcements.StartingAsync(Resource, Name, cancellationToken);
            await new StartWaits(this, _context, what => Update(ResourceState.Waiting, what)).AllAsync(cancellationToken);
            if (OwnsPorts)
                PortOwner.RefuseTaken(Name, Ports);
            var links = await ResourceLink.OfAsync(Resource, Addresses, _context.Execution, _context.Logs.GetLogger(Name), cancellationToken);
            Update(ResourceState.Starting);
            Set(State with { Urls = Addresses, Links = links, IsAnnounced = false, IsStoppedOnRequest = false });
            _watching = new CancellationTokenSource();
            await StartCoreAsync(cancellationToken);
            BeRunning();
            OnRunning();
            await BecomeHealthyAsync(cancellationToken);
            await BeAnnouncedAsync(cancellationToken);
            _ = HealthWatch.KeepAsync(CheckAllAsync, ReportHealth, CheckPeriod, _watching.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await StopInTurnAsync();
            if (State.State is ResourceState.Waiting or ResourceState.ValueMissing)
                Update(ResourceState.NotStarted);
            throw;
        }
        catch (Exception failure)
        {
            try
            {
                Update(ResourceState.FailedToStart, failure.Message);
            }
            finally
            {
                await StopCoreAsync();
            }

            throw failure as StackException ?? new StackException($"{Name}: {failure.Message}", failure);
        }
    }

    // A short program may have ended before it could be seen running.
    private void BeRunning()
    {
        lock (_turn)
        {
            if (!_watching!.IsCancellationRequested)
                Update(ResourceState.Running);
        }
    }

    // Who waits for it goes on only when the AppHost has done what it does at this.
    private async Task BeAnnouncedAsync(CancellationToken cancellationToken)
    {
        if (_watching!.IsCancellationRequested)
            return;
        await _context.Announcements.ReadyAsync(Resource, Name, cancellationToken);
        lock (_turn)
        {
            if (!_watching.IsCancellationRequested)
                Set(State with { IsAnnounced = true });
        }
    }

    private async Task BecomeHealthyAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _watching!.Token);
        try
        {
            await HealthWatch.FirstAsync(CheckAllAsync, ReportHealth, HealthTimeout, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StackException($"{Name} ended with exit code {State.ExitCode} before it was healthy.\n{Indented(Log.Tail)}");
        }
        catch (TimeoutException)
        {
            throw new StackException($"{Name} is not healthy after {HealthTimeout.TotalSeconds:0} s: {State.Detail}\n{Indented(Log.Tail)}");
        }
    }

    private async Task<string?> CheckAllAsync(CancellationToken cancellationToken)
    {
        var problem = await CheckAsync(cancellationToken);
        foreach (var check in Resource.Annotations.OfType<NamedHealthCheck>())
            problem ??= await check.CheckAsync(_context.Services, cancellationToken);
        return problem;
    }

    private void ReportHealth(string? problem)
    {
        if (State.State is ResourceState.Running)
            Update(ResourceState.Running, problem, healthy: problem is null);
    }

    private async Task StopWatchingAsync()
    {
        if (_watching is not null)
            await _watching.CancelAsync();
    }

    private void Set(ResourceSnapshot snapshot)
    {
        var before = _context.Board.Find(Name);
        if (_context.Board.Set(snapshot))
            Tell(snapshot, before);
    }

    // The AppHost's own code sees the same in Aspire's words, and what lives in the resource with it.
    private void Tell(ResourceSnapshot now, ResourceSnapshot? before)
    {
        var told = _context.Notifications.Change(Resource, Name, known => SnapshotOfRun.Apply(known, Resource, now, _context.Services));
        foreach (var child in _context.Announcements.WithChildrenOf(Resource).Skip(1))
            _context.Notifications.Change(child, child.Name, known => SnapshotOfRun.Apply(known, child, now, _context.Services) with { ResourceType = known.ResourceType, Urls = [] });
        if (now.IsOver && before is { IsOver: false })
            _context.Announcements.Stopped(Resource, told);
    }

    private static string Indented(IReadOnlyList<string> lines) => string.Join('\n', lines.TakeLast(12).Select(line => "    " + line));
}
