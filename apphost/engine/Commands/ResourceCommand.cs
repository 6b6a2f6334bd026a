namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something of the AppHost's own that can be done with a resource.</summary>
internal sealed record ResourceCommandAnnotation(
    string Name, string DisplayName, Func<ExecuteCommandContext, Task<ExecuteCommandResult>> ExecuteCommand, CommandOptions Options) : IResourceAnnotation
{
    public static IEnumerable<ResourceCommandAnnotation> Of(IResource resource) =>
        resource.Annotations.OfType<ResourceCommandAnnotation>().Reverse().DistinctBy(command => command.Name, StringComparer.OrdinalIgnoreCase).Reverse();

    public ResourceCommandState StateFor(CustomResourceSnapshot snapshot, IServiceProvider services) =>
        Options.UpdateState?.Invoke(new UpdateCommandStateContext { ResourceSnapshot = snapshot, Services = services }) ?? ResourceCommandState.Enabled;
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
            command.StateFor(now, services),
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
}
