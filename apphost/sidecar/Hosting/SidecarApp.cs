using System.Collections.Concurrent;
using System.Text;
using Platform.Sidecar.Apps;
using Platform.Sidecar.Observability;
using Platform.Sidecar.Policies;
using Platform.Sidecar.Resiliency;
using Platform.Sidecar.Resources;
using Platform.Sidecar.State;

namespace Platform.Sidecar.Hosting;

/// <summary>One app that this process is the sidecar of: its ports, its components, the way to it.</summary>
internal sealed class SidecarApp(AppOptions options, AppChannel? channel, AppComponents components, IReadOnlyList<ResourceFile> resources)
{
    public string Id => Options.AppId;
    public AppOptions Options { get; } = options;

    /// <summary>What callers of this app's API must send as <c>dapr-api-token</c>; null when they need nothing.</summary>
    public byte[]? ApiToken { get; } = options.Variable("DAPR_API_TOKEN") is { Length: > 0 } token ? Encoding.UTF8.GetBytes(token) : null;

    /// <summary>Null for an app without a port.</summary>
    public AppChannel? Channel { get; } = channel;

    public AppComponents Components { get; } = components;

    /// <summary>All resource documents meant for this app, of every kind.</summary>
    public IReadOnlyList<ResourceFile> Resources { get; } = resources;

    /// <summary>The <c>Configuration</c> documents of <c>--config</c>.</summary>
    public IReadOnlyList<ResourceFile> Configuration { get; init; } = [];

    /// <summary>What of the API the app may call.</summary>
    public ApiRules ApiRules { get; init; } = ApiRules.Of([]);

    /// <summary>Null for an app that everybody may call.</summary>
    public AccessControl? AccessControl { get; init; }

    /// <summary>Null when the app's calls are not traced.</summary>
    public AppTracing? Tracing { get; init; }

    public AppMetrics Metrics { get; } = new(options.AppId, options.Namespace, options.MetricsPort is not null);

    /// <summary>How calls to apps, actors and components are repeated, timed and broken off.</summary>
    public ResiliencyPolicies Resiliency { get; } = new(ResiliencyFile.Read(resources), TimeProvider.System);

    /// <summary>Where actors and workflows keep their state; null when no component is marked <c>actorStateStore</c>.</summary>
    public IStateStore? ActorStateStore => Components.ActorStateStore?.Component as IStateStore;

    /// <summary>What the app added through the metadata API.</summary>
    public ConcurrentDictionary<string, string> ExtendedMetadata { get; } = new();

    /// <summary>How many workflow workers are connected now; the workflow engine counts.</summary>
    public int ConnectedWorkflowWorkers { get; set; }
}
