using System.Collections.Concurrent;
using System.Collections.Frozen;
using Platform.CustomFields.RollUps;
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
    private readonly FrozenDictionary<(string Resource, string Key), RollUpField> _rollUps;
    private readonly FrozenDictionary<string, IReadOnlyList<RollUpField>> _counted;

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
        HasRollUps = _resources.Values.Any(fields => fields.HasRollUps);
        // One that is wrong, because of what has become of what it reads, is there for nobody: its values are pending.
        _rollUps = schema.Fields.Where(field => field.Type == FieldType.RollUp).Select(field => RollUpField.Of(field, this).Value).OfType<RollUpField>()
            .ToFrozenDictionary(rollUp => (rollUp.Definition.Resource, rollUp.Definition.Key));
        _counted = _rollUps.Values.GroupBy(rollUp => rollUp.Child, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => (IReadOnlyList<RollUpField>)[.. group.OrderBy(rollUp => rollUp.StoredKey, StringComparer.Ordinal)], StringComparer.Ordinal);
    }

    /// <summary>The company's schema version.</summary>
    public long Version { get; }

    /// <summary>The fields of every kind of record that has some.</summary>
    public IEnumerable<ResourceFields> All => _resources.Values;

    /// <summary>The object whose records have that name in addresses; null where the company has none.</summary>
    public ObjectType? FindObject(string pluralKey) => _objects.GetValueOrDefault(pluralKey);

    /// <summary>Whether the company has the object in use.</summary>
    public bool HasObject(string resource) => _objectResources.Contains(resource);

    /// <summary>Whether some record has a roll-up.</summary>
    internal bool HasRollUps { get; }

    /// <summary>All roll-ups that count something.</summary>
    internal IEnumerable<RollUpField> RollUps => _rollUps.Values;

    /// <summary>The roll-up of a kind of record; null where there is none, or it counts nothing because it is wrong.</summary>
    internal RollUpField? FindRollUp(string resource, string key) => _rollUps.GetValueOrDefault((resource, key));

    /// <summary>The roll-ups that count records of a kind.</summary>
    internal IReadOnlyList<RollUpField> RollUpsOver(string child) => _counted.GetValueOrDefault(child, []);

    /// <summary>Whether some roll-up is defined that counts records of a kind, right or wrong.</summary>
    internal bool MayCount(string child) => _resources.Values.Any(fields => fields.All.Any(field => field.Type == FieldType.RollUp && field.Definition.RollUp?.Resource == child));

    /// <summary>Whether the values of a field are kept beside every record that has one.</summary>
    internal bool IsReady(string resource, string key) => _ready.Contains((resource, key));

    internal bool HasReady(IReadOnlyCollection<(string Resource, string Key)> ready) => _ready.SetEquals(ready);

    /// <summary>The fields on one kind of record.</summary>
    public ResourceFields Of(string resource) => _resources.TryGetValue(resource, out var fields) ? fields : None.GetOrAdd(resource, static name => new ResourceFields(name, []));
}
