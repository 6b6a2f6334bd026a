using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    private static readonly Action<ILogger, string, string, Exception?> NoSuchEndpoint =
        LoggerMessage.Define<string, string>(LogLevel.Warning, new EventId(1, nameof(NoSuchEndpoint)), "{Resource} has no endpoint {Endpoint}, so nothing was done with its address.");

    /// <summary>Shows an address beside those of the endpoints.</summary>
    public static IResourceBuilder<T> WithUrl<T>(this IResourceBuilder<T> builder, string url, string? displayText = null)
        where T : IResource => builder.WithAnnotation(new ResourceUrlAnnotation { Url = url, DisplayText = displayText });

    /// <summary>Shows an address that is made from resources.</summary>
    public static IResourceBuilder<T> WithUrl<T>(this IResourceBuilder<T> builder, in ReferenceExpression.ExpressionInterpolatedStringHandler url, string? displayText = null)
        where T : IResource => builder.WithUrl(ReferenceExpression.Create(url), displayText);

    /// <summary>Shows an address that is made from resources.</summary>
    public static IResourceBuilder<T> WithUrl<T>(this IResourceBuilder<T> builder, ReferenceExpression url, string? displayText = null)
        where T : IResource => builder.WithUrls(async context =>
        {
            // Where it begins with an endpoint of the resource itself, it is one of that endpoint's.
            var endpoint = url.ValueProviders.Take(1).Select(first => first as EndpointReference ?? (first as EndpointReferenceExpression)?.Endpoint).FirstOrDefault(first => first?.Resource == (IResource)context.Resource);
            if (await url.GetValueAsync(context.CancellationToken) is { Length: > 0 } address)
                context.Urls.Add(new ResourceUrlAnnotation { Url = address, DisplayText = displayText, Endpoint = endpoint });
        });

    /// <summary>Changes the addresses that are shown.</summary>
    public static IResourceBuilder<T> WithUrls<T>(this IResourceBuilder<T> builder, Action<ResourceUrlsCallbackContext> callback)
        where T : IResource => builder.WithAnnotation(new ResourceUrlsCallbackAnnotation(callback));

    /// <summary>Changes the addresses that are shown.</summary>
    public static IResourceBuilder<T> WithUrls<T>(this IResourceBuilder<T> builder, Func<ResourceUrlsCallbackContext, Task> callback)
        where T : IResource => builder.WithAnnotation(new ResourceUrlsCallbackAnnotation(callback));

    /// <summary>Changes how the address of an endpoint is shown.</summary>
    public static IResourceBuilder<T> WithUrlForEndpoint<T>(this IResourceBuilder<T> builder, string endpointName, Action<ResourceUrlAnnotation> callback)
        where T : IResource => builder.WithUrls(context =>
        {
            if (context.Urls.FirstOrDefault(url => string.Equals(url.Endpoint?.EndpointName, endpointName, StringComparison.OrdinalIgnoreCase)) is { } found)
                callback(found);
            else
                NoSuchEndpoint(context.Logger, context.Resource.Name, endpointName, null);
        });

    /// <summary>Shows one more address of an endpoint.</summary>
    public static IResourceBuilder<T> WithUrlForEndpoint<T>(this IResourceBuilder<T> builder, string endpointName, Func<EndpointReference, ResourceUrlAnnotation> callback)
        where T : IResourceWithEndpoints => builder.WithUrls(context =>
        {
            var endpoint = builder.GetEndpoint(endpointName);
            if (endpoint.Exists)
                context.Urls.Add(callback(endpoint).Of(endpoint));
            else
                NoSuchEndpoint(context.Logger, context.Resource.Name, endpointName, null);
        });
}
