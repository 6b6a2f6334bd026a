using System.Text.Json.Serialization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Relations;
using Platform.LocalHost.Running;
using Platform.LocalHost.Unsupported;

namespace Platform.LocalHost.Control;

/// <summary>A resource as <c>ps --json</c> shows it.</summary>
internal sealed record ResourceView(
    string Name, string Type, string State, string Health, string? Detail, int? Pid, int? ExitCode, DateTimeOffset Since, IReadOnlyList<string> Urls, string Log)
{
    /// <summary>It is started by somebody, and not with the others.</summary>
    public bool OnDemand { get; init; }

    /// <summary>It is not listed among the others.</summary>
    public bool Hidden { get; init; }

    /// <summary>Its addresses as they are shown.</summary>
    public IReadOnlyList<LinkView> Links { get; init; } = [];

    /// <summary>What can be done with it beside what can be done with every resource.</summary>
    public IReadOnlyList<string> Commands { get; init; } = [];

    /// <summary>What the AppHost asks for and this engine does not do.</summary>
    public IReadOnlyList<string> NotSupported { get; init; } = [];

    public static ResourceView Of(Runner runner) => Of(runner.State) with
    {
        OnDemand = runner.StartsOnDemand,
        Hidden = HiddenAnnotation.Hides(runner.Resource, runner.State),
        Links = [.. runner.State.Links.Select(link => new LinkView(link.Url, link.Text, link.DetailsOnly))],
        Commands = [.. ResourceCommandAnnotation.Of(runner.Resource).Where(command => command.Options.Visibility.HasFlag(ResourceCommandVisibility.Api)).Select(command => command.Name)],
        NotSupported = NotSupportedAnnotation.Of(runner.Resource),
    };

    private static ResourceView Of(ResourceSnapshot resource) => new(
        resource.Name,
        resource.Type,
        resource.State.ToString(),
        resource.Healthy switch { true => "Healthy", false => "Unhealthy", null => "Unknown" },
        resource.Detail,
        resource.ProcessId,
        resource.ExitCode,
        resource.Since,
        resource.Urls,
        resource.Log);
}

/// <summary>An address as it is shown.</summary>
internal sealed record LinkView(string Url, string? Text, bool DetailsOnly);

/// <summary>A command of the AppHost's own.</summary>
internal sealed record CommandView(string Name, string DisplayName, string? Description, string? Confirmation, string State)
{
    public IReadOnlyList<CommandArgument> Arguments { get; init; } = [];
}

/// <summary>What a command asks for.</summary>
internal sealed record CommandArgument(string Name, string? Description, bool Required)
{
    /// <summary>Not to be seen by others.</summary>
    public bool Secret { get; init; }

    /// <summary>How it is asked for on a terminal.</summary>
    [JsonIgnore]
    public InteractionInput Input => new() { Name = Name, Description = Description, Required = Required, InputType = Secret ? InputType.SecretText : InputType.Text };
}
