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

    /// <summary>Runs a command that the AppHost has given a resource, and returns when it is done; it takes no token for the same reason.</summary>
    Task<CommandOutcome> RunAsync(string name, string command, IReadOnlyDictionary<string, string> arguments);
}

/// <summary>What came of a command.</summary>
/// <param name="Success">It went well.</param>
/// <param name="Message">What there is to say of it.</param>
/// <param name="Data">What it found out.</param>
internal sealed record CommandOutcome(bool Success, string? Message, string? Data);

/// <summary>Something of the AppHost's own that can be done with a resource.</summary>
/// <param name="Name">How it is called.</param>
/// <param name="Label">What stands on its button.</param>
/// <param name="Description">What it does.</param>
/// <param name="Confirmation">What whoever runs it is asked before.</param>
/// <param name="IsEnabled">It can be run now.</param>
/// <param name="IsHighlighted">Its button stands in the list of resources too.</param>
/// <param name="Fields">What it asks for.</param>
internal sealed record RunningCommand(string Name, string Label, string? Description, string? Confirmation, bool IsEnabled, bool IsHighlighted, IReadOnlyList<CommandField> Fields);

/// <summary>A value that a command asks for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Label">What people read before it.</param>
/// <param name="Kind">text, password, number, checkbox or select.</param>
/// <param name="Value">The usual value.</param>
/// <param name="Description">What it is for.</param>
/// <param name="IsRequired">It must be given.</param>
/// <param name="Options">What can be chosen, each with its text.</param>
internal sealed record CommandField(string Name, string Label, string Kind, string? Value, string? Description, bool IsRequired, IReadOnlyList<KeyValuePair<string, string>> Options)
{
    /// <summary>What a value may look like.</summary>
    public string? Example { get; init; }

    /// <summary>How long it may be; as long as it likes when null.</summary>
    public int? MostCharacters { get; init; }
}

/// <summary>An address as it is shown.</summary>
/// <param name="Url">The address.</param>
/// <param name="Text">What is shown in its place.</param>
/// <param name="DetailsOnly">It is not in the list of resources.</param>
internal sealed record Link(string Url, string Text, bool DetailsOnly);

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

    /// <summary>Its addresses as they are shown.</summary>
    public IReadOnlyList<Link> Links { get; init; } = [];

    /// <summary>What the AppHost has added to what can be done with it.</summary>
    public IReadOnlyList<RunningCommand> Commands { get; init; } = [];

    /// <summary>What else the AppHost tells of it.</summary>
    public IReadOnlyList<(string Name, string Value)> Properties { get; init; } = [];

    /// <summary>What the AppHost asks for and the engine does not do.</summary>
    public IReadOnlyList<string> NotSupported { get; init; } = [];

    /// <summary>It is not in the list of resources.</summary>
    public bool IsHidden { get; init; }

    /// <summary>It can be stopped and started: a parameter can not.</summary>
    public bool CanBeStopped { get; init; } = true;

    /// <summary>It waits for somebody to give it a value.</summary>
    public bool IsMissing => State is "ValueMissing";

    public bool IsRunning => State is "Running" or "Starting" or "Waiting";

    /// <summary>One of good, busy, bad and off: what a glance at it should tell.</summary>
    public string Mood => (State, Healthy) switch
    {
        ("Running", true) => "good",
        ("Running", false) or ("FailedToStart" or "ValueMissing", _) => "bad",
        ("Exited", _) when ExitCode is not (null or 0) => "bad",
        ("Exited" or "NotStarted", _) => "off",
        _ => "busy",
    };

    public string Words => (State, Healthy) switch
    {
        ("ValueMissing", _) => "no value",
        ("Running", true) when !CanBeStopped => "has a value",
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
