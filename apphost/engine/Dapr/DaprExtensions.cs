using Aspire.Hosting.ApplicationModel;
using CommunityToolkit.Aspire.Hosting.Dapr;

namespace Aspire.Hosting;

/// <summary>Adds Dapr components.</summary>
public static class IDistributedApplicationBuilderExtensions
{
    /// <summary>Uses Dapr.</summary>
    public static IDistributedApplicationBuilder AddDapr(this IDistributedApplicationBuilder builder, Action<DaprOptions>? configure = null)
    {
        configure?.Invoke(new DaprOptions());
        return builder;
    }

    /// <summary>A component of any type.</summary>
    public static IResourceBuilder<IDaprComponentResource> AddDaprComponent(
        this IDistributedApplicationBuilder builder, string name, string type, DaprComponentOptions? options = null) =>
        builder.AddResource(new DaprComponentResource(name, type) { Options = options });

    /// <summary>A broker.</summary>
    public static IResourceBuilder<IDaprComponentResource> AddDaprPubSub(
        this IDistributedApplicationBuilder builder, string name, DaprComponentOptions? options = null) => builder.AddDaprComponent(name, "pubsub", options);

    /// <summary>A state store.</summary>
    public static IResourceBuilder<IDaprComponentResource> AddDaprStateStore(
        this IDistributedApplicationBuilder builder, string name, DaprComponentOptions? options = null) => builder.AddDaprComponent(name, "state", options);
}

/// <summary>Gives values to components.</summary>
public static class DaprMetadataResourceBuilderExtensions
{
    /// <summary>Sets an item of the component's metadata. In a component file, the item's <c>envRef</c> gets the value.</summary>
    public static IResourceBuilder<IDaprComponentResource> WithMetadata(this IResourceBuilder<IDaprComponentResource> builder, string name, string value) =>
        builder.WithMetadata(name, ReferenceExpression.Create($"{value}"));

    /// <summary>Sets an item of the component's metadata. In a component file, the item's <c>envRef</c> gets the value.</summary>
    public static IResourceBuilder<IDaprComponentResource> WithMetadata(this IResourceBuilder<IDaprComponentResource> builder, string name, ParameterResource parameterResource) =>
        builder.WithMetadata(name, (IValueProvider)parameterResource);

    /// <summary>Sets an item of the component's metadata. In a component file, the item's <c>envRef</c> gets the value.</summary>
    public static IResourceBuilder<IDaprComponentResource> WithMetadata(this IResourceBuilder<IDaprComponentResource> builder, string name, IValueProvider valueProvider) =>
        builder.WithAnnotation(new ComponentMetadataAnnotation(name, valueProvider));
}

/// <summary>Gives sidecars to resources.</summary>
public static class IDistributedApplicationResourceBuilderExtensions
{
    /// <summary>A sidecar with an app id.</summary>
    public static IResourceBuilder<T> WithDaprSidecar<T>(this IResourceBuilder<T> builder, string appId)
        where T : IResource => builder.WithDaprSidecar(new DaprSidecarOptions { AppId = appId });

    /// <summary>A sidecar with options.</summary>
    public static IResourceBuilder<T> WithDaprSidecar<T>(this IResourceBuilder<T> builder, DaprSidecarOptions? options = null)
        where T : IResource => builder.WithDaprSidecar(sidecar =>
        {
            if (options is not null)
                sidecar.WithOptions(options);
        });

    /// <summary>A sidecar that is described further.</summary>
    public static IResourceBuilder<T> WithDaprSidecar<T>(this IResourceBuilder<T> builder, Action<IResourceBuilder<IDaprSidecarResource>> configureSidecar)
        where T : IResource
    {
        var sidecar = builder.ApplicationBuilder.AddResource(new DaprSidecarResource($"{builder.Resource.Name}-dapr"));
        configureSidecar(sidecar);
        return builder.WithAnnotation(new DaprSidecarAnnotation(sidecar.Resource));
    }

    /// <summary>Options of the sidecar.</summary>
    public static IResourceBuilder<IDaprSidecarResource> WithOptions(this IResourceBuilder<IDaprSidecarResource> builder, DaprSidecarOptions options) =>
        builder.WithAnnotation(new DaprSidecarOptionsAnnotation(options), ResourceAnnotationMutationBehavior.Replace);

    /// <summary>A component that the sidecar uses.</summary>
    public static IResourceBuilder<IDaprSidecarResource> WithReference(this IResourceBuilder<IDaprSidecarResource> builder, IResourceBuilder<IDaprComponentResource> component) =>
        builder.WithAnnotation(new DaprComponentReferenceAnnotation(component.Resource));
}
