using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something of the AppHost's own that can be done with a resource.</summary>
internal sealed record ResourceCommandAnnotation(
    string Name, string DisplayName, Func<ExecuteCommandContext, Task<ExecuteCommandResult>> ExecuteCommand, CommandOptions Options) : IResourceAnnotation
{
    private static readonly Action<ILogger, string, Exception?> StateFailed =
        LoggerMessage.Define<string>(LogLevel.Error, new EventId(1, nameof(StateFailed)), "Whether the command {Command} can be run is not known.");

    private int _failures;

    public static IEnumerable<ResourceCommandAnnotation> Of(IResource resource) =>
        resource.Annotations.OfType<ResourceCommandAnnotation>().Reverse().DistinctBy(command => command.Name, StringComparer.OrdinalIgnoreCase).Reverse();

    /// <summary>Whether it can be run. Where the AppHost cannot tell, it cannot; its log says why, once.</summary>
    public ResourceCommandState StateFor(IResource resource, CustomResourceSnapshot snapshot, IServiceProvider services)
    {
        try
        {
            return Options.UpdateState?.Invoke(new UpdateCommandStateContext { ResourceSnapshot = snapshot, Services = services }) ?? ResourceCommandState.Enabled;
        }
        catch (Exception failure)
        {
            // It is asked at every change of the resource.
            if (Interlocked.Increment(ref _failures) == 1)
                StateFailed(services.GetRequiredService<ResourceLoggerService>().GetLogger(resource), Name, failure);
            return ResourceCommandState.Disabled;
        }
    }
}

/// <summary>What can be done with a resource, at one moment.</summary>
public sealed record ResourceCommandSnapshot(
    string Name,
    ResourceCommandState State,
    string DisplayName,
    string? DisplayDescription,
    object? Parameter,
    string? ConfirmationMessage,
    string? IconName,
    IconVariant? IconVariant,
    bool IsHighlighted)
{
    /// <summary>What it asks for.</summary>
    public IReadOnlyList<InteractionInput> Arguments { get; init; } = [];

    /// <summary>Where it is offered.</summary>
    public ResourceCommandVisibility Visibility { get; init; } = ResourceCommandVisibility.UI | ResourceCommandVisibility.Api;

    internal static IEnumerable<ResourceCommandSnapshot> Of(IResource resource, CustomResourceSnapshot now, IServiceProvider services) => ResourceCommandAnnotation.Of(resource)
        .Select(command => new ResourceCommandSnapshot(
            command.Name,
            command.StateFor(resource, now, services),
            command.DisplayName,
            command.Options.Description,
            Parameter: null,
            command.Options.ConfirmationMessage,
            command.Options.IconName,
            command.Options.IconVariant,
            command.Options.IsHighlighted)
        {
            Arguments = command.Options.Arguments,
            Visibility = command.Options.Visibility,
        });
}

/// <summary>What can be done with every resource.</summary>
public static class KnownResourceCommands
{
    /// <summary>It starts.</summary>
    public static readonly string StartCommand = "start";

    /// <summary>It ends.</summary>
    public static readonly string StopCommand = "stop";

    /// <summary>It ends and starts.</summary>
    public static readonly string RestartCommand = "restart";

    /// <summary>It is built, and starts anew.</summary>
    public static readonly string RebuildCommand = "rebuild";

    /// <summary>A parameter gets a value.</summary>
    public static readonly string SetParameterCommand = "set-parameter";
}
