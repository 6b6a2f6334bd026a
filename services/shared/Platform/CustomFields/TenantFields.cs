using System.Collections.Concurrent;
using System.Collections.Frozen;
using Platform.CustomFields.V1;

namespace Platform.CustomFields;

/// <summary>All fields that a company defined on the records of this service, at one version.</summary>
public sealed class TenantFields
{
    // Most kinds of records have none: one object says so for all companies.
    private static readonly ConcurrentDictionary<string, ResourceFields> None = new(StringComparer.Ordinal);

    private readonly FrozenDictionary<string, ResourceFields> _resources;
    private readonly FrozenSet<(string Resource, string Key)> _ready;
    private readonly FrozenDictionary<string, ObjectType> _objects;
    private readonly FrozenSet<string> _objectResources;

    /// <summary>Takes the answer of the metadata service.</summary>
    /// <param name="schema">The fields.</param>
    /// <param name="ready">Those whose values are kept beside the records, for every record.</param>
    public TenantFields(Schema schema, IReadOnlyCollection<(string Resource, string Key)>? ready = null)
    {
        _ready = (ready ?? []).ToFrozenSet();
        Version = schema.Version;
        _objects = schema.Objects.ToFrozenDictionary(known => known.PluralKey, StringComparer.Ordinal);
        _objectResources = schema.Objects.Select(known => known.Resource).ToFrozenSet(StringComparer.Ordinal);
        _resources = schema.Fields.GroupBy(field => field.Resource, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => new ResourceFields(group.Key, group), StringComparer.Ordinal);
    }

    /// <summary>The company's schema version.</summary>
    public long Version { get; }

    /// <summary>The fields of every kind of record that has some.</summary>
    public IEnumerable<ResourceFields> All => _resources.Values;

    /// <summary>The object whose records have that name in addresses; null where the company has none.</summary>
    public ObjectType? FindObject(string pluralKey) => _objects.GetValueOrDefault(pluralKey);

    /// <summary>Whether the company has the object in use.</summary>
    public bool HasObject(string resource) => _objectResources.Contains(resource);

    /// <summary>Whether the values of a field are kept beside every record that has one.</summary>
    internal bool IsReady(string resource, string key) => _ready.Contains((resource, key));

    internal bool HasReady(IReadOnlyCollection<(string Resource, string Key)> ready) => _ready.SetEquals(ready);

    /// <summary>The fields on one kind of record.</summary>
    public ResourceFields Of(string resource) => _resources.TryGetValue(resource, out var fields) ? fields : None.GetOrAdd(resource, static name => new ResourceFields(name, []));
}
