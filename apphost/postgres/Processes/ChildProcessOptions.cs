namespace Platform.LocalPostgres.Processes;

/// <summary>What to start, and how it is tied to this process.</summary>
/// <param name="FileName">The program: a path, or a name on the PATH.</param>
/// <param name="Arguments">Its arguments, unquoted.</param>
public sealed record ChildProcessOptions(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>Working directory; this process's own by default.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables added to (or, with a null value, taken from) the inherited environment.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>The user to become; null keeps the current one. Needs root.</summary>
    public UnixUser? User { get; init; }

    /// <summary>Sent to the child by the kernel when this process dies, however it dies; null lets the child live on.</summary>
    public Signal? DeathSignal { get; init; } = Signal.Kill;

    /// <summary>A session (and process group) of its own, so that Ctrl-C in the terminal does not reach the child. On by default.</summary>
    public bool OwnSession { get; init; } = true;

    /// <summary>Receives each line of standard output and standard error; null passes both through.</summary>
    public Action<string>? Output { get; init; }
}
