using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Waiting;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Starts when the other resource is healthy.</summary>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport => builder.Wait(dependency.Resource, WaitType.WaitUntilHealthy, null);

    /// <summary>Starts when the other resource is healthy; says what happens where that cannot be.</summary>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, WaitBehavior waitBehavior)
        where T : IResourceWithWaitSupport => builder.Wait(dependency.Resource, WaitType.WaitUntilHealthy, waitBehavior);

    /// <summary>Starts when the other resource runs.</summary>
    public static IResourceBuilder<T> WaitForStart<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport => builder.Wait(dependency.Resource, WaitType.WaitUntilStarted, null);

    /// <summary>Starts when the other resource runs; says what happens where that cannot be.</summary>
    public static IResourceBuilder<T> WaitForStart<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, WaitBehavior waitBehavior)
        where T : IResourceWithWaitSupport => builder.Wait(dependency.Resource, WaitType.WaitUntilStarted, waitBehavior);

    /// <summary>Starts when the other resource has ended well.</summary>
    public static IResourceBuilder<T> WaitForCompletion<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, int exitCode = 0)
        where T : IResourceWithWaitSupport => builder.WithAnnotation(new WaitAnnotation(dependency.Resource, WaitType.WaitForCompletion, exitCode));

    /// <summary>Healthy when a check of the AppHost's own says so, which <c>builder.Services.AddHealthChecks()</c> knows by its key.</summary>
    public static IResourceBuilder<T> WithHealthCheck<T>(this IResourceBuilder<T> builder, string key)
        where T : IResource => builder.WithAnnotation(new HealthCheckAnnotation(key)).WithAnnotation(new NamedHealthCheck(key));

    /// <summary>Healthy when a path answers with a status.</summary>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints
    {
        var check = new HttpHealthCheck(endpointName, path ?? "/", statusCode ?? 200);
        return builder.WithAnnotation(new HealthCheckAnnotation(check.KeyFor(builder.Resource))).WithAnnotation(check);
    }

    // What lives in another resource is there only when that is.
    private static IResourceBuilder<T> Wait<T>(this IResourceBuilder<T> builder, IResource dependency, WaitType kind, WaitBehavior? behavior)
        where T : IResourceWithWaitSupport
    {
        if (dependency is IResourceWithParent child)
            builder.Wait(child.Parent, kind, behavior);
        return builder.WithAnnotation(new WaitAnnotation(dependency, kind) { WaitBehavior = behavior });
    }
}
