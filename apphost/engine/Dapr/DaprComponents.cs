using Aspire.Hosting.ApplicationModel;

namespace CommunityToolkit.Aspire.Hosting.Dapr;

/// <summary>How a component is made.</summary>
public sealed record DaprComponentOptions
{
    /// <summary>The component's file, relative to the AppHost's folder.</summary>
    public string? LocalPath { get; init; }
}

/// <summary>A Dapr component.</summary>
public interface IDaprComponentResource : IResource, IResourceWithWaitSupport
{
    /// <summary>How it is made.</summary>
    DaprComponentOptions? Options { get; }

    /// <summary>Its Dapr type, such as <c>pubsub.redis</c>.</summary>
    string Type { get; }
}

/// <summary>A Dapr component.</summary>
public sealed class DaprComponentResource(string name, string type) : Resource(name), IDaprComponentResource
{
    /// <inheritdoc/>
    public DaprComponentOptions? Options { get; init; }

    /// <inheritdoc/>
    public string Type { get; } = type;
}

/// <summary>The sidecar of an app.</summary>
public interface IDaprSidecarResource : IResource, IResourceWithWaitSupport;

/// <summary>Names the sidecar of a resource.</summary>
public sealed record DaprSidecarAnnotation(IDaprSidecarResource Sidecar) : IResourceAnnotation;

/// <summary>Options of a sidecar.</summary>
public sealed record DaprSidecarOptionsAnnotation(DaprSidecarOptions Options) : IResourceAnnotation;

/// <summary>A component that a sidecar uses.</summary>
public sealed record DaprComponentReferenceAnnotation(IDaprComponentResource Component) : IResourceAnnotation;

/// <summary>How Dapr is found.</summary>
public sealed record DaprOptions
{
    /// <summary>Path of the Dapr CLI. Not used by the local engine.</summary>
    public string? DaprPath { get; set; }

    /// <summary>Sends telemetry. Not used by the local engine.</summary>
    public bool? EnableTelemetry { get; set; }

    /// <summary>Called when the application is published. Not used by the local engine.</summary>
    public Action<IResource, DaprSidecarOptions?>? PublishingConfigurationAction { get; set; }
}

internal sealed class DaprSidecarResource(string name) : Resource(name), IDaprSidecarResource;

internal sealed record ComponentMetadataAnnotation(string Name, IValueProvider Value) : IResourceAnnotation;
