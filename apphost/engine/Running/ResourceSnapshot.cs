using Platform.LocalHost.Urls;

namespace Platform.LocalHost.Running;

/// <summary>What a resource is doing.</summary>
internal enum ResourceState
{
    NotStarted,
    ValueMissing,
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
    /// <summary>Its addresses as they are shown.</summary>
    public IReadOnlyList<ResourceLink> Links { get; init; } = [];

    /// <summary>What the AppHost does when it is ready has been done since its last start.</summary>
    public bool IsAnnounced { get; init; }

    /// <summary>It has ended because somebody asked for that, and may start it again.</summary>
    public bool IsStoppedOnRequest { get; init; }

    public bool IsReady => State is ResourceState.Running && Healthy == true && IsAnnounced;

    /// <summary>It has ended, or did not start.</summary>
    public bool IsOver => State is ResourceState.Exited or ResourceState.FailedToStart;

    public bool HasFailed => State is ResourceState.FailedToStart;
}
