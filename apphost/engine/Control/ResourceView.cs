using Platform.LocalHost.Running;

namespace Platform.LocalHost.Control;

/// <summary>A resource as <c>ps --json</c> shows it.</summary>
internal sealed record ResourceView(
    string Name, string Type, string State, string Health, string? Detail, int? Pid, int? ExitCode, DateTimeOffset Since, IReadOnlyList<string> Urls, string Log)
{
    /// <summary>It is started by somebody, and not with the others.</summary>
    public bool OnDemand { get; init; }

    public static ResourceView Of(Runner runner) => Of(runner.State) with { OnDemand = runner.StartsOnDemand };

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
