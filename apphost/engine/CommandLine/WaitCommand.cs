using Platform.LocalHost.Control;
using Platform.LocalHost.Display;
using Platform.LocalHost.Instances;
using Platform.LocalHost.Running;

namespace Platform.LocalHost.CommandLine;

/// <summary>For scripts: returns when resources are healthy, of an instance that may still be about to start.</summary>
internal static class WaitCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <summary>0 when all are healthy, 1 when one has failed or the time is over, 3 when no instance came.</summary>
    public static async Task<int> RunAsync(Instance instance, CommandRequest request, CancellationToken cancellationToken)
    {
        var limit = TimeSpan.FromSeconds(request.Seconds);
        IReadOnlyList<ResourceView>? missing = null;
        for (var waited = TimeSpan.Zero; waited <= limit; waited += Pause)
        {
            missing = await MissingAsync(instance, request.Resources, cancellationToken);
            if (missing is { Count: 0 })
                return 0;
            if (missing?.FirstOrDefault(resource => resource.State is nameof(ResourceState.FailedToStart) or nameof(ResourceState.Exited)) is { } ended)
                throw new StackException($"{ended.Name} is {(ended.State == nameof(ResourceState.Exited) ? $"over, with exit code {ended.ExitCode}" : $"not to be had: {ended.Detail}")}");
            await Task.Delay(Pause, cancellationToken);
        }

        if (missing is null)
            return LocalCommands.SayNotRunning(instance.Name);
        Terminal.Error($"Not healthy after {limit.TotalSeconds:0} s: {string.Join(", ", missing.Select(resource => $"{resource.Name} ({resource.Detail ?? resource.State})"))}");
        return LocalCommands.Failed;
    }

    // Null while there is no instance, or one that is just ending.
    private static async Task<IReadOnlyList<ResourceView>?> MissingAsync(Instance instance, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        using var client = ControlClient.Find(instance);
        if (client is null)
            return null;
        try
        {
            var resources = await client.ListAsync(cancellationToken);
            var unknown = names.FirstOrDefault(name => !resources.Any(resource => Is(resource, name)));
            if (unknown is not null)
                throw new StackException($"There is no resource '{unknown}'. There are: {string.Join(", ", resources.Select(resource => resource.Name))}.");
            return [.. resources.Where(resource => (names.Count == 0 ? !(resource.OnDemand && resource.State == nameof(ResourceState.NotStarted)) : names.Any(name => Is(resource, name))) && resource is not { State: nameof(ResourceState.Running), Health: "Healthy" })];
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static bool Is(ResourceView resource, string name) => resource.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
