using Platform.Sidecar.Apps;
using Platform.Sidecar.Observability;
using Platform.Sidecar.Policies;
using Platform.Sidecar.PubSub.Subscriptions;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Hosting;

/// <summary>Reads every app's resource files and starts its components, before anything is served.</summary>
internal sealed class AppLoader(IReadOnlyList<AppOptions> options, SidecarApps apps, ComponentLoader components, AppChannels channels, SpanExports spans)
{
    public async Task Load(CancellationToken cancellationToken) =>
        apps.Set(await Task.WhenAll(options.Select(app => Load(app, cancellationToken))));

    private async Task<SidecarApp> Load(AppOptions app, CancellationToken cancellationToken)
    {
        var resources = ResourceFile.Load(app);
        SubscriptionSource.Check(resources);
        ResourceFile[] configuration = [.. app.ConfigPaths.SelectMany(ResourceFile.Read).Where(resource => resource.Kind == "Configuration")];
        var loaded = new SidecarApp(app, channels.Create(app), await components.Load(app, resources, cancellationToken), resources)
        {
            Configuration = configuration,
            ApiRules = ApiRules.Of(configuration),
            AccessControl = AccessControl.Of(configuration),
            Tracing = AppTracing.Of(app, configuration, spans),
        };
        loaded.Channel?.Metrics = loaded.Metrics;
        foreach (var component in loaded.Components.All)
        {
            loaded.Metrics.Count(Metric.ComponentsLoaded);
            loaded.Metrics.Count(Metric.ComponentsStarted, component.Spec.Type);
        }

        return loaded;
    }
}
