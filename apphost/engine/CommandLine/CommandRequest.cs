using System.CommandLine;

namespace Platform.LocalHost.CommandLine;

/// <summary>What the command line asks for.</summary>
internal sealed record CommandRequest(ParseResult Parsed)
{
    public required string Command { get; init; }

    public required string InstanceName { get; init; }

    public int? PortOffset { get; init; }

    /// <summary>Neither dashboard nor telemetry.</summary>
    public bool NoDashboard { get; init; }

    /// <summary>Only the latest.</summary>
    public bool Last { get; init; }

    public bool Json { get; init; }

    public bool Follow { get; init; }

    /// <summary>Whether secrets are shown as they are.</summary>
    public bool ShowSecrets { get; init; }

    /// <summary>Nobody is to be asked whether it is meant.</summary>
    public bool Yes { get; init; }

    /// <summary>How long a command waits, in seconds.</summary>
    public int Seconds { get; init; }

    public FileInfo? Contacts { get; init; }

    /// <summary>Words for the program that a command starts.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>Settings of the AppHost.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Help, the version or a mistake: the command line answers by itself.</summary>
    public bool AnswersItself => Parsed.Errors.Count > 0 || Parsed.Action != Parsed.CommandResult.Command.Action;
}
