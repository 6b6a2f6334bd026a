using System.Diagnostics.CodeAnalysis;

namespace Platform.Sidecar.Hosting;

/// <summary>All apps of this process by id: name resolution, and the list for whoever works for each of them.</summary>
internal sealed class SidecarApps
{
    private Dictionary<string, SidecarApp> _apps = [];

    public IReadOnlyCollection<SidecarApp> All => _apps.Values;

    public void Set(IEnumerable<SidecarApp> apps) => _apps = apps.ToDictionary(app => app.Id, StringComparer.Ordinal);

    /// <summary>By app id, or app id and namespace with a dot between.</summary>
    public bool TryGet(string id, [NotNullWhen(true)] out SidecarApp? app)
    {
        if (_apps.TryGetValue(id, out app))
            return true;
        var dot = id.LastIndexOf('.');
        return dot > 0 && _apps.TryGetValue(id[..dot], out app);
    }
}
