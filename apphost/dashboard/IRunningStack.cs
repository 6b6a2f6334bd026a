namespace Platform.Dashboard;

/// <summary>What the dashboard sees of a running application and does with it; the engine, which refers to the dashboard, gives it.</summary>
internal interface IRunningStack
{
    /// <summary>Name of the instance.</summary>
    string Instance { get; }

    /// <summary>All resources, in the order of the model.</summary>
    IReadOnlyList<RunningResource> Resources { get; }

    /// <summary>The sidecars of the apps that have one.</summary>
    IReadOnlyList<DaprApp> DaprApps { get; }

    /// <summary>The PostgreSQL database that holds the queues of the embedded broker; null when another broker is used.</summary>
    Task<string?> BrokerDatabaseAsync(CancellationToken cancellationToken);

    /// <summary>Which other resources the environment of a resource names.</summary>
    Task<IReadOnlyList<string>> ReferencesOfAsync(string name, CancellationToken cancellationToken);

    /// <summary>What a resource was started with, in the order of the names; null when it has no environment, or was not started.</summary>
    /// <param name="name">The resource.</param>
    /// <param name="secrets">Whether secrets are told as they are, and not as dots.</param>
    IReadOnlyDictionary<string, string>? EnvironmentOf(string name, bool secrets);

    /// <summary>
    /// Starts, stops, restarts or rebuilds a resource, and returns when that is done. It takes no token: what has begun is done to its
    /// end, also when whoever asked for it has left the page.
    /// </summary>
    /// <returns>Null, or what was wrong.</returns>
    Task<string?> ActAsync(string name, string action);
}

/// <summary>A resource at this moment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What kind of thing it is, for people.</param>
/// <param name="State">What it is doing.</param>
/// <param name="Healthy">Whether its health check passes; null while that is not known.</param>
/// <param name="Detail">What it waits for, or what is wrong with it.</param>
/// <param name="ProcessId">Its process.</param>
/// <param name="ExitCode">The exit code of a process that has ended.</param>
/// <param name="Since">When it came to this state.</param>
/// <param name="Urls">Where it listens.</param>
/// <param name="WaitsFor">Whose readiness it waits for when it starts.</param>
/// <param name="CanRebuild">It is made from a project of the repository.</param>
internal sealed record RunningResource(
    string Name,
    string Type,
    string State,
    bool? Healthy,
    string? Detail,
    int? ProcessId,
    int? ExitCode,
    DateTimeOffset Since,
    IReadOnlyList<string> Urls,
    IReadOnlyList<string> WaitsFor,
    bool CanRebuild)
{
    /// <summary>How it stands to other resources beside that: Parent where it belongs to one.</summary>
    public IReadOnlyList<(string How, string Resource)> Relations { get; init; } = [];

    public bool IsRunning => State is "Running" or "Starting" or "Waiting";

    /// <summary>One of good, busy, bad and off: what a glance at it should tell.</summary>
    public string Mood => (State, Healthy) switch
    {
        ("Running", true) => "good",
        ("Running", false) or ("FailedToStart", _) => "bad",
        ("Exited", _) when ExitCode is not (null or 0) => "bad",
        ("Exited" or "NotStarted", _) => "off",
        _ => "busy",
    };

    public string Words => (State, Healthy) switch
    {
        ("Running", true) => "healthy",
        ("Running", false) => "unhealthy",
        ("Running", null) => "running",
        ("FailedToStart", _) => "did not start",
        ("NotStarted", _) => "not started",
        ("Exited", _) when ExitCode is { } code => $"exited ({code})",
        _ => State.ToLowerInvariant(),
    };
}

/// <summary>An app with its sidecar.</summary>
/// <param name="Id">The app's id.</param>
/// <param name="Resource">The resource that is the app.</param>
/// <param name="HttpPort">Port of the sidecar's HTTP API.</param>
/// <param name="GrpcPort">Port of the sidecar's gRPC API.</param>
internal sealed record DaprApp(string Id, string Resource, int HttpPort, int GrpcPort)
{
    /// <summary>What the sidecar wants to be shown; null when it wants nothing.</summary>
    public string? Token { get; init; }
}
