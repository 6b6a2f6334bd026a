using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Resources;

/// <summary>The component types that this sidecar has, and how each is made.</summary>
internal sealed class ComponentTypes(IEnumerable<ComponentType> types)
{
    private readonly Dictionary<string, ComponentType> _types = types.ToDictionary(type => type.Name, StringComparer.OrdinalIgnoreCase);

    public IComponent Create(ComponentSpec spec) => Find(spec.Type, spec.Name, spec.File).Create(spec);

    public ComponentType Find(string type, string name, string file) => _types.TryGetValue(type, out var found)
        ? found
        : throw new StartupException(
            $"{file}: component '{name}' has the unknown type '{type}'; the types are {string.Join(", ", _types.Keys.Order(StringComparer.Ordinal))}");
}

/// <summary>A component type by its name in resource files.</summary>
internal sealed record ComponentType(string Name, Func<ComponentSpec, IComponent> Create);
