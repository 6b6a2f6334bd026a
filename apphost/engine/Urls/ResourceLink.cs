using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Platform.LocalHost.Urls;

/// <summary>An address of a resource as it is shown.</summary>
/// <param name="Url">The address.</param>
/// <param name="Text">What is shown in its place; null where it stands for itself.</param>
/// <param name="Endpoint">Name of the endpoint that it is of.</param>
/// <param name="DetailsOnly">It is not in the list of resources.</param>
/// <param name="Order">Its place: the highest first.</param>
internal sealed record ResourceLink(string Url, string? Text, string? Endpoint, bool DetailsOnly, int Order)
{
    /// <summary>The addresses of a resource, now that it is decided where it listens.</summary>
    public static async Task<IReadOnlyList<ResourceLink>> OfAsync(
        IResource resource, IReadOnlyList<string> addresses, DistributedApplicationExecutionContext execution, ILogger logger, CancellationToken cancellationToken)
    {
        var urls = new List<ResourceUrlAnnotation>();
        if (resource is IResourceWithEndpoints listener)
            urls.AddRange(resource.Annotations.OfType<EndpointAnnotation>().Zip(addresses, (endpoint, address) => new ResourceUrlAnnotation { Url = address, Endpoint = new EndpointReference(listener, endpoint.Name) }));
        else
            urls.AddRange(addresses.Select(address => new ResourceUrlAnnotation { Url = address }));
        // Copies, for the callbacks may change them, and the next start begins anew.
        urls.AddRange(resource.Annotations.OfType<ResourceUrlAnnotation>().Select(added => new ResourceUrlAnnotation { Url = added.Url, DisplayText = added.DisplayText, DisplayOrder = added.DisplayOrder, DisplayLocation = added.DisplayLocation, Endpoint = added.Endpoint }));
        var context = new ResourceUrlsCallbackContext(execution, resource, urls, cancellationToken) { Logger = logger };
        foreach (var change in resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>())
            await change.Callback(context);
        return [.. context.Urls.OrderByDescending(url => url.DisplayOrder ?? 0).Select(Of)];
    }

    private static ResourceLink Of(ResourceUrlAnnotation url) => new(
        url.Url.StartsWith('/') && url.Endpoint is { IsAllocated: true } endpoint ? endpoint.Url + url.Url : url.Url,
        url.DisplayText,
        url.Endpoint?.EndpointName,
        url.DisplayLocation is UrlDisplayLocation.DetailsOnly,
        url.DisplayOrder ?? 0);
}
