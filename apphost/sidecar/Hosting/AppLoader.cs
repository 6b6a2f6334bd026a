using Platform.Sidecar.Apps;
using Platform.Sidecar.PubSub.Subscriptions;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Hosting;

/// <summary>Reads every app's resource files and starts its components, before anything is served.</summary>
internal sealed class AppLoader(IReadOnlyList<AppOptions> options, SidecarApps apps, ComponentLoader components, AppChannels channels)
{
    public async Task Load(CancellationToken cancellationToken) =>
        apps.Set(await Task.WhenAll(options.Select(app => Load(app, cancellationToken))));

    private async Task<SidecarApp> Load(AppOptions app, CancellationToken cancellationToken)
    {
        var resources = ResourceFile.Load(app);
        SubscriptionSource.Check(resources);
        return new SidecarApp(app, channels.Create(app), await components.Load(app, resources, cancellationToken), resources)
        {
            Configuration = [.. app.ConfigPaths.SelectMany(ResourceFile.Read).Where(resource => resource.Kind == "Configuration")],
        };
    }
}
