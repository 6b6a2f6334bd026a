using Aspire.Hosting.ApplicationModel;

namespace Platform.LocalHost.Waiting;

/// <summary>A path of a resource that answers with a status when the resource is well.</summary>
internal sealed record HttpHealthCheck(string? EndpointName, string Path, int StatusCode) : IResourceAnnotation
{
    public string KeyFor(IResource resource) => $"{resource.Name}_{EndpointName ?? "http"}_{Path}_{StatusCode}_check";

    /// <summary>The named endpoint, else the first that speaks HTTP.</summary>
    public EndpointAnnotation EndpointOf(IResource resource) =>
        resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(endpoint => EndpointName is null
            ? endpoint.UriScheme is "http" or "https"
            : endpoint.Name.Equals(EndpointName, StringComparison.OrdinalIgnoreCase))
        ?? throw new InvalidOperationException($"The health check of '{resource.Name}' needs an HTTP endpoint{(EndpointName is null ? "" : $" named '{EndpointName}'")}.");
}
