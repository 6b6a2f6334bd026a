using Platform.Sidecar.Errors;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.State;

/// <summary>A store in an app's eyes: puts the prefix before each key that goes in and takes it off what comes out.</summary>
internal sealed class AppStateStore
{
    private const string Separator = "||";
    private readonly string _prefix;

    public AppStateStore(SidecarApp app, AppComponent component)
    {
        (Name, Store) = (component.Spec.Name, (IStateStore)component.Component);
        var owner = component.Spec["keyPrefix"]?.ToLowerInvariant() switch
        {
            null or "appid" => app.Id,
            "name" => component.Spec.Name,
            "namespace" => app.Options.Namespace.Length > 0 ? $"{app.Options.Namespace}.{app.Id}" : app.Id,
            "none" => "",
            _ => component.Spec["keyPrefix"]!,
        };
        _prefix = owner.Length > 0 ? owner + Separator : "";
    }

    public string Name { get; }
    public IStateStore Store { get; }

    public string Key(string key) => key.Contains(Separator, StringComparison.Ordinal)
        ? throw StateErrors.IllegalKey(Name, key).AsException()
        : _prefix + key;

    public string Original(string key) => key[_prefix.Length..];

    public static AppStateStore Of(SidecarApp app, string name) =>
        !app.Components.Any<IStateStore>() ? throw StateErrors.NotConfigured(name).AsException()
        : app.Components.Entry<IStateStore>(name) is { } component ? new AppStateStore(app, component)
        : throw StateErrors.NotFound(name).AsException();
}
