using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using CommunityToolkit.Aspire.Hosting.Dapr;
using Platform.LocalHost.Dapr;

namespace Platform.LocalHost.Running;

/// <summary>Who needs whom: the waits of the model, and the sidecar between the apps and what its components are made from.</summary>
internal static class DependencyGraph
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    public static IEnumerable<Dependency> Of(Runner runner, IReadOnlyCollection<Runner> runners, LocalSidecarResource? sidecar)
    {
        foreach (var wait in runner.Resource.Annotations.OfType<WaitAnnotation>())
        {
            foreach (var other in RunnersOf(wait.Resource, runners).Where(other => other.Resource != runner.Resource))
                yield return new Dependency(other, wait.WaitType, wait.ExitCode, wait.WaitBehavior ?? WaitBehavior.StopOnResourceUnavailable);
        }

        if (runner.Resource == sidecar)
        {
            foreach (var other in NeededBy(sidecar, runners))
                yield return new Dependency(other, WaitType.WaitUntilHealthy);
        }
        else if (sidecar is not null && sidecar.Apps.Any(app => app.App == runner.Resource))
        {
            // Apps and sidecar wait for each other at run time; only the stop has an order: the apps first.
            yield return new Dependency(RunnerOf(sidecar, runners)!, Wait: null);
        }
    }

    /// <summary>The resources that a resource's environment names, other than those that it waits for or not.</summary>
    public static async Task<IReadOnlyList<Runner>> NamedByAsync(
        Runner runner, IReadOnlyCollection<Runner> runners, DistributedApplicationExecutionContext execution, CancellationToken cancellationToken)
    {
        // Some wait for the value of a parameter; who looks at the others does not.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        var context = new EnvironmentCallbackContext(execution, runner.Resource, [], patience.Token);
        foreach (var annotation in runner.Resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            try
            {
                await annotation.Callback(context).WaitAsync(patience.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // What it names is not known yet.
            }
        }

        return [.. context.EnvironmentVariables.Values.SelectMany(ResourcesIn).Select(resource => RunnerOf(resource, runners)).OfType<Runner>().Distinct()];
    }

    private static IEnumerable<Runner> NeededBy(LocalSidecarResource sidecar, IReadOnlyCollection<Runner> runners) => sidecar.Components
        .SelectMany(component => component.Annotations.OfType<ComponentMetadataAnnotation>())
        .SelectMany(item => ResourcesIn(item.Value))
        .Select(resource => RunnerOf(resource, runners))
        .OfType<Runner>()
        .Distinct();

    // A connection string is made from other resources; every other resource stands for itself.
    public static IEnumerable<IResource> ResourcesIn(object value) => value switch
    {
        IResource resource and not ConnectionStringResource => [resource],
        IValueWithReferences made => made.References.SelectMany(ResourcesIn),
        _ => [],
    };

    private static Runner? RunnerOf(IResource resource, IReadOnlyCollection<Runner> runners) => RunnersOf(resource, runners) is [var first, ..] ? first : null;

    // All replicas of a resource; what lives in another resource runs with that.
    private static Runner[] RunnersOf(IResource resource, IReadOnlyCollection<Runner> runners)
    {
        Runner[] own = [.. runners.Where(runner => runner.Resource == resource)];
        return own.Length == 0 && resource is IResourceWithParent child ? RunnersOf(child.Parent, runners) : own;
    }
}
