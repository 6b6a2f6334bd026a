namespace Platform.Sidecar.Actors;

/// <summary>An actor that is active in its app.</summary>
internal sealed class Actor(ActorAddress address, ActorTypeOptions options)
{
    private readonly Lock _gate = new();
    private Task? _removal;
    private long _lastCall;

    public ActorAddress Address { get; } = address;
    public ActorTypeOptions Options { get; } = options;
    public TurnLock Turns { get; } = new(options);

    public DateTimeOffset IdleAt => new DateTimeOffset(Interlocked.Read(ref _lastCall), TimeSpan.Zero) + Options.IdleTimeout;

    public void Touch(DateTimeOffset now) => Interlocked.Exchange(ref _lastCall, now.UtcTicks);

    /// <summary>Ends when the actor is deactivated and nobody holds it any more; begun once, by whoever comes first.</summary>
    public Task Remove(Func<Actor, Task> removal)
    {
        lock (_gate)
            return _removal ??= Task.Run(() => removal(this));
    }

    /// <summary>The removal under way, if there is one.</summary>
    public Task Removal
    {
        get
        {
            lock (_gate)
                return _removal ?? Task.CompletedTask;
        }
    }
}
