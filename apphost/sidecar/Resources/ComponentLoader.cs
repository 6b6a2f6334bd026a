using System.Text.Json.Nodes;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Secrets;

namespace Platform.Sidecar.Resources;

/// <summary>Turns an app's Component resources into running components: secret stores first, the rest may need their secrets.</summary>
internal sealed partial class ComponentLoader(ComponentPool pool, ComponentTypes types, ILogger<ComponentLoader> logger)
{
    public async Task<AppComponents> Load(AppOptions app, IReadOnlyList<ResourceFile> resources, CancellationToken cancellationToken)
    {
        var components = resources.Where(resource => resource.Kind == "Component").ToArray();
        if (components.GroupBy(component => component.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new StartupException($"component '{twice.Key}' is described twice for app '{app.AppId}': {string.Join(", ", twice.Select(one => one.File))}");
        foreach (var component in components)
            types.Find(component.Document.Text("spec", "type") ?? "", component.Name, component.File);

        var loaded = new AppComponents();
        foreach (var component in components.OrderByDescending(IsSecretStore))
            await Load(app, component, loaded, cancellationToken);
        return loaded;
    }

    private static bool IsSecretStore(ResourceFile component) =>
        component.Document.Text("spec", "type")?.StartsWith("secretstores.", StringComparison.OrdinalIgnoreCase) is true;

    private async Task Load(AppOptions app, ResourceFile resource, AppComponents loaded, CancellationToken cancellationToken)
    {
        var spec = Spec(app, resource, loaded);
        try
        {
            loaded.Add(new AppComponent(spec, await pool.Get(spec, cancellationToken)));
        }
        catch (StartupException error) when (spec.IgnoreErrors)
        {
            Log.Ignored(logger, app.AppId, error.Message);
        }
    }

    private static ComponentSpec Spec(AppOptions app, ResourceFile resource, AppComponents loaded)
    {
        var spec = resource.Document.At("spec");
        var secretStore = resource.Document.Text("auth", "secretStore");
        return new ComponentSpec(resource.Name, spec.Text("type")!, spec.Text("version") ?? "v1", resource.File)
        {
            // What is named twice has the value that it was given last.
            Metadata = spec.Items("metadata").GroupBy(item => item.Text("name") ?? "", StringComparer.OrdinalIgnoreCase).Select(items => items.Last()).ToDictionary(
                item => item.Text("name") ?? "",
                item => Template(app, Value(app, resource, item, loaded, secretStore)),
                StringComparer.OrdinalIgnoreCase),
            IgnoreErrors = spec.Text("ignoreErrors") is "true",
            InitTimeout = spec.Text("initTimeout") is { } timeout ? GoDuration.Parse(timeout, resource.File) : TimeSpan.FromSeconds(5),
        };
    }

    private static string Value(AppOptions app, ResourceFile resource, JsonNode item, AppComponents loaded, string? secretStore)
    {
        if (item.Text("envRef") is { } variable)
            return Variable(app, variable);
        if (item.At("secretKeyRef") is not { } reference)
            return item.Text("value") ?? "";
        var name = reference.Text("name") ?? "";
        if (secretStore is null || loaded.Find<ISecretStore>(secretStore) is not { } store)
            throw new StartupException($"{resource.File}: component '{resource.Name}' refers to secret '{name}', but its secret store '{secretStore}' does not exist");
        return store.Get(name)?.GetValueOrDefault(reference.Text("key") ?? name)
            ?? throw new StartupException($"{resource.File}: component '{resource.Name}' refers to secret '{name}', which is not in '{secretStore}'");
    }

    // Dapr's own variables hold its tokens, which no component may read.
    private static string Variable(AppOptions app, string name) =>
        name.Length == 0 || name.Contains(' ', StringComparison.Ordinal) || name.Equals("APP_API_TOKEN", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("DAPR_", StringComparison.OrdinalIgnoreCase) ? "" : app.Variable(name) ?? "";

    private static string Template(AppOptions app, string value) => !value.Contains('{', StringComparison.Ordinal) ? value : value
        .Replace("{uuid}", Guid.NewGuid().ToString(), StringComparison.Ordinal)
        .Replace("{podName}", Environment.MachineName, StringComparison.Ordinal)
        .Replace("{namespace}", $"{app.Namespace}.{app.AppId}", StringComparison.Ordinal)
        .Replace("{appID}", app.AppId, StringComparison.Ordinal);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "App {App} goes on without a component: {Reason}")]
        public static partial void Ignored(ILogger logger, string app, string reason);
    }
}
