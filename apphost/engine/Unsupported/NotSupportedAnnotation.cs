using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Platform.LocalHost.Unsupported;

/// <summary>What the AppHost asks of a resource and this engine does not do: it is told wherever the resource is looked at.</summary>
/// <param name="What">In the words of AppHost.cs, and why where that is not plain.</param>
internal sealed record NotSupportedAnnotation(string What) : IResourceAnnotation
{
    public static IReadOnlyList<string> Of(IResource resource) => [.. resource.Annotations.OfType<NotSupportedAnnotation>().Select(one => one.What).Distinct()];

    /// <summary>Everything of an application, by resource.</summary>
    public static IEnumerable<(string Resource, string What)> Of(IEnumerable<IResource> resources) => resources.SelectMany(resource => Of(resource).Select(what => (resource.Name, what)));
}

internal static class NotSupportedExtensions
{
    /// <summary>Notes what is asked for and not done.</summary>
    public static IResourceBuilder<T> NotSupported<T>(this IResourceBuilder<T> builder, string what)
        where T : IResource => builder.WithAnnotation(new NotSupportedAnnotation(what));
}
