using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A command that somebody runs.</summary>
public sealed class ExecuteCommandContext
{
    /// <summary>Services of the AppHost.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>The resource, or the replica of it.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Ends it.</summary>
    public required CancellationToken CancellationToken { get; init; }

    /// <summary>Writes to the resource's log.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>What it asked for.</summary>
    public required InteractionInputCollection Arguments { get; init; }
}

/// <summary>What came of a command.</summary>
public sealed class ExecuteCommandResult
{
    /// <summary>It went well.</summary>
    public required bool Success { get; init; }

    /// <summary>Somebody gave it up.</summary>
    public bool Canceled { get; init; }

    /// <summary>What there is to say of it.</summary>
    public string? Message { get; init; }

    /// <summary>What it found out.</summary>
    public CommandResultData? Data { get; init; }
}

/// <summary>What a command found out.</summary>
public sealed class CommandResultData
{
    /// <summary>The text.</summary>
    public required string Value { get; init; }

    /// <summary>What kind of text.</summary>
    public CommandResultFormat Format { get; init; }

    /// <summary>It is shown without being asked for. Locally it always is.</summary>
    public bool DisplayImmediately { get; init; }
}

/// <summary>What kind of text a command gives.</summary>
public enum CommandResultFormat
{
    /// <summary>Plain.</summary>
    Text,

    /// <summary>JSON.</summary>
    Json,

    /// <summary>Markdown.</summary>
    Markdown,
}

/// <summary>Makes results of commands.</summary>
public static class CommandResults
{
    /// <summary>It went well.</summary>
    public static ExecuteCommandResult Success() => new() { Success = true };

    /// <summary>It went well, with something to say.</summary>
    public static ExecuteCommandResult Success(string message) => new() { Success = true, Message = message };

    /// <summary>It went well, with what it found out.</summary>
    public static ExecuteCommandResult Success(string message, string result, CommandResultFormat resultFormat = CommandResultFormat.Text) =>
        Success(message, new CommandResultData { Value = result, Format = resultFormat });

    /// <summary>It went well, with what it found out.</summary>
    public static ExecuteCommandResult Success(string message, CommandResultData value) => new() { Success = true, Message = message, Data = value };

    /// <summary>It did not go well.</summary>
    public static ExecuteCommandResult Failure(string? errorMessage = null) => new() { Success = false, Message = errorMessage };

    /// <summary>It did not go well, with what it found out.</summary>
    public static ExecuteCommandResult Failure(string errorMessage, string result, CommandResultFormat resultFormat = CommandResultFormat.Text) =>
        Failure(errorMessage, new CommandResultData { Value = result, Format = resultFormat });

    /// <summary>It did not go well, with what it found out.</summary>
    public static ExecuteCommandResult Failure(string errorMessage, CommandResultData value) => new() { Success = false, Message = errorMessage, Data = value };

    /// <summary>It did not go well.</summary>
    public static ExecuteCommandResult Failure(Exception exception) => Failure(exception.Message);

    /// <summary>Somebody gave it up.</summary>
    public static ExecuteCommandResult Canceled() => new() { Success = false, Canceled = true };
}
