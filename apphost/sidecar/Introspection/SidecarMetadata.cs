using Dapr.Client.Autogen.Grpc.v1;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Introspection;

/// <summary>What a sidecar says about itself, in the shape of the gRPC answer; the HTTP route writes the same as JSON.</summary>
internal sealed class SidecarMetadata(IEnumerable<IMetadataSource> sources)
{
    public const string RuntimeVersion = "1.18.0";

    public GetMetadataResponse Of(SidecarApp app)
    {
        var response = new GetMetadataResponse
        {
            Id = app.Id,
            RuntimeVersion = RuntimeVersion,
            RegisteredComponents = { app.Components.All.Select(Component) },
            HttpEndpoints = { app.Resources.Where(resource => resource.Kind == "HTTPEndpoint").Select(endpoint => new MetadataHTTPEndpoint { Name = endpoint.Name }) },
            EnabledFeatures = { app.Configuration.SelectMany(Features).Distinct() },
            ActorRuntime = new ActorRuntime { RuntimeStatus = ActorRuntime.Types.ActorRuntimeStatus.Disabled },
            Scheduler = new MetadataScheduler(),
            Workflows = new MetadataWorkflows { ConnectedWorkers = app.ConnectedWorkflowWorkers },
        };
        foreach (var (key, value) in app.ExtendedMetadata)
            response.ExtendedMetadata[key] = value;
        response.ExtendedMetadata["daprRuntimeVersion"] = RuntimeVersion;
        if (app.Channel is not null)
            response.AppConnectionProperties = Connection(app);
        foreach (var source in sources)
            source.Add(app, response);
        return response;
    }

    private static IEnumerable<string> Features(ResourceFile configuration) =>
        configuration.Document.Items("spec", "features").Where(feature => feature.Text("enabled") is "true").Select(feature => feature.Text("name") ?? "");

    private static RegisteredComponents Component(Resources.AppComponent component)
    {
        IEnumerable<string> actor = component.Spec.Flag("actorStateStore") ? ["ACTOR"] : [];
        return new RegisteredComponents
        {
            Name = component.Spec.Name,
            Type = component.Spec.Type,
            Version = component.Spec.Version,
            Capabilities = { component.Component.Capabilities.Concat(actor) },
        };
    }

    private static AppConnectionProperties Connection(SidecarApp app)
    {
        var properties = new AppConnectionProperties
        {
            Port = app.Channel!.Port,
            Protocol = app.Channel.Protocol.ToString().ToLowerInvariant(),
            ChannelAddress = app.Channel.Host,
            MaxConcurrency = Math.Max(0, app.Options.MaxConcurrency),
        };
        if (app.Options.Health is { Enabled: true } health)
        {
            properties.Health = new AppConnectionHealthProperties
            {
                HealthCheckPath = health.Path,
                HealthProbeInterval = $"{health.Interval.TotalSeconds:0}s",
                HealthProbeTimeout = $"{health.Timeout.TotalMilliseconds:0}ms",
                HealthThreshold = health.Threshold,
            };
        }

        return properties;
    }
}

/// <summary>Adds a feature's part to the metadata.</summary>
internal interface IMetadataSource
{
    void Add(SidecarApp app, GetMetadataResponse response);
}
