using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Running;

namespace Platform.LocalHost.Relations;

/// <summary>The resource is not listed among the others; it can still be looked at by its name.</summary>
/// <param name="ExitCodes">With which exit codes it is hidden once it has ended; null hides it always.</param>
internal sealed record HiddenAnnotation(IReadOnlyCollection<int>? ExitCodes = null) : IResourceAnnotation
{
    public static bool Hides(IResource resource, ResourceSnapshot now) => resource.Annotations.OfType<HiddenAnnotation>().LastOrDefault() switch
    {
        null => false,
        { ExitCodes: null } => true,
        { ExitCodes: var codes } => now.State is ResourceState.Exited && codes.Contains(now.ExitCode ?? 0),
    };
}
