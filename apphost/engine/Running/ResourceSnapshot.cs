namespace Platform.LocalHost.Running;

/// <summary>What a resource is doing.</summary>
internal enum ResourceState
{
    NotStarted,
    Waiting,
    Starting,
    Running,
    Stopping,
    Exited,
    FailedToStart,
}

/// <summary>A resource at one moment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What kind of thing it is, for people.</param>
/// <param name="State">What it is doing.</param>
/// <param name="Healthy">Whether its health check passes; null while that is not known.</param>
/// <param name="Detail">What it waits for, or what is wrong with it.</param>
/// <param name="ProcessId">Its process.</param>
/// <param name="ExitCode">The exit code of a process that has ended.</param>
/// <param name="Since">When it came to this state.</param>
/// <param name="Urls">Where it listens.</param>
/// <param name="Log">Its log file.</param>
internal sealed record ResourceSnapshot(
    string Name,
    string Type,
    ResourceState State,
    bool? Healthy,
    string? Detail,
    int? ProcessId,
    int? ExitCode,
    DateTimeOffset Since,
    IReadOnlyList<string> Urls,
    string Log)
{
    public bool IsReady => State is ResourceState.Running && Healthy == true;

    public bool HasFailed => State is ResourceState.FailedToStart;
}
