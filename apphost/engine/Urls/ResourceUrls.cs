using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An address of a resource, for people.</summary>
public sealed class ResourceUrlAnnotation : IResourceAnnotation
{
    /// <summary>Its place among the others: the highest first.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1051", Justification = "A field in Aspire too.")]
    public int? DisplayOrder;

    /// <summary>The address; one that begins with a slash goes on from that of the endpoint.</summary>
    public required string Url { get; set; }

    /// <summary>What is shown in its place.</summary>
    public string? DisplayText { get; set; }

    /// <summary>The endpoint that it is of.</summary>
    public EndpointReference? Endpoint { get; init; }

    /// <summary>Where it is shown.</summary>
    public UrlDisplayLocation DisplayLocation { get; set; }

    internal ResourceUrlAnnotation Of(EndpointReference endpoint) =>
        new() { Url = Url, DisplayText = DisplayText, DisplayOrder = DisplayOrder, DisplayLocation = DisplayLocation, Endpoint = endpoint };
}

/// <summary>Where an address is shown.</summary>
public enum UrlDisplayLocation
{
    /// <summary>In the list of resources and on the resource's page.</summary>
    SummaryAndDetails,

    /// <summary>On the resource's page.</summary>
    DetailsOnly,
}

/// <summary>Changes the addresses of a resource once it is decided where it listens.</summary>
public sealed class ResourceUrlsCallbackAnnotation(Func<ResourceUrlsCallbackContext, Task> callback) : IResourceAnnotation
{
    /// <summary>Changes them.</summary>
    public ResourceUrlsCallbackAnnotation(Action<ResourceUrlsCallbackContext> callback)
        : this(context =>
        {
            callback(context);
            return Task.CompletedTask;
        })
    {
    }

    /// <summary>What changes them.</summary>
    public Func<ResourceUrlsCallbackContext, Task> Callback { get; } = callback;
}

/// <summary>The addresses of a resource, to be changed.</summary>
public class ResourceUrlsCallbackContext(
    DistributedApplicationExecutionContext executionContext, IResource resource, List<ResourceUrlAnnotation>? urls = null, CancellationToken cancellationToken = default)
{
    /// <summary>How the application runs.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext;

    /// <summary>The resource.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>The addresses: one for each endpoint, and those that were added.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1002", Justification = "A List in Aspire too.")]
    public List<ResourceUrlAnnotation> Urls { get; } = urls ?? [];

    /// <summary>Writes to the resource's log.</summary>
    public ILogger Logger { get; set; } = NullLogger.Instance;

    /// <summary>Ends the start.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>An endpoint of the resource; null where it listens on none.</summary>
    public EndpointReference? GetEndpoint(string name) => Resource is IResourceWithEndpoints listener ? new EndpointReference(listener, name) : null;
}
