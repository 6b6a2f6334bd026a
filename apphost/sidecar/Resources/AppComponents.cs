using Platform.Sidecar.State;

namespace Platform.Sidecar.Resources;

/// <summary>The components of one app, by name.</summary>
internal sealed class AppComponents
{
    private readonly Dictionary<string, AppComponent> _components = [];

    public IReadOnlyCollection<AppComponent> All => _components.Values;

    /// <summary>The state store that actors and workflows use: the first marked <c>actorStateStore</c>.</summary>
    public AppComponent? ActorStateStore => All.FirstOrDefault(one => one.Component is IStateStore && one.Spec.Flag("actorStateStore"));

    public void Add(AppComponent component) => _components.Add(component.Spec.Name, component);

    public bool Any<T>() where T : class, IComponent => All.Any(one => one.Component is T);

    public T? Find<T>(string name) where T : class, IComponent => Entry<T>(name)?.Component as T;

    public AppComponent? Entry<T>(string name) where T : class, IComponent =>
        _components.TryGetValue(name, out var found) && found.Component is T ? found : null;
}
