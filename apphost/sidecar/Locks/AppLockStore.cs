using Platform.Sidecar.Errors;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Locks;

/// <summary>A lock store in an app's eyes: knows how the app's locks are named in it.</summary>
internal sealed class AppLockStore(SidecarApp app, AppComponent component)
{
    private const string Separator = "||";

    public ILockStore Store => (ILockStore)component.Component;

    /// <exception cref="FormatException">The resource or the prefix holds the separator.</exception>
    public string Key(string resource)
    {
        var strategy = component.Spec["keyPrefix"]?.ToLowerInvariant() ?? "appid";
        if (new[] { resource, strategy }.FirstOrDefault(part => part.Contains(Separator, StringComparison.Ordinal)) is { } illegal)
            throw new FormatException($"input key/keyPrefix '{illegal}' can't contain '{Separator}'");
        return strategy switch
        {
            "none" => $"lock||{resource}",
            "name" => $"lock||{component.Spec.Name}||{resource}",
            "appid" => $"lock||{app.Id}||{resource}",
            _ => $"lock||{strategy}||{resource}",
        };
    }

    /// <exception cref="DaprException">There is no such store, or the request lacks what every lock needs.</exception>
    public static AppLockStore Of(SidecarApp app, string store, string resource, string owner)
    {
        if (!app.Components.Any<ILockStore>())
            throw LockErrors.NotConfigured.AsException();
        if (resource.Length == 0)
            throw LockErrors.NoResource(store).AsException();
        if (owner.Length == 0)
            throw LockErrors.NoOwner(store).AsException();
        return app.Components.Entry<ILockStore>(store) is { } component
            ? new AppLockStore(app, component)
            : throw LockErrors.NotFound(store).AsException();
    }
}
