using System.Collections.Concurrent;
using System.Collections.Frozen;
using Google.Protobuf;
using Platform.Access;
using Platform.CustomFields.RollUps;
using Platform.CustomFields.V1;
using Platform.Filtering;
using Platform.Tenancy;

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
    private readonly FrozenDictionary<(string Resource, string Key), BesideField> _rollUps;
    private readonly FrozenDictionary<string, IReadOnlyList<BesideField>> _counted;
    private readonly FrozenSet<string> _readByFormulas;
    private readonly ConcurrentDictionary<DefinedField, BoundFilter<IMessage>?> _conditions = new();

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
        var rollUps = schema.Fields.Where(field => field.Type == FieldType.RollUp).Select(field => RollUpField.Of(field, this).Value).OfType<RollUpField>()
            .ToDictionary(rollUp => (rollUp.Definition.Resource, rollUp.Definition.Key));
        var formulas = _resources.Values.Where(fields => fields.HasRollUps).SelectMany(fields => fields.OverRollUps(key => rollUps.GetValueOrDefault((fields.Resource, key)))).ToList();
        RollUps = [.. rollUps.Values, .. formulas];
        _readByFormulas = formulas.SelectMany(formula => formula.RollUps).Select(rollUp => rollUp.StoredKey).ToFrozenSet(StringComparer.Ordinal);
        _rollUps = RollUps.ToFrozenDictionary(rollUp => (rollUp.Definition.Resource, rollUp.Definition.Key));
        ReadElsewhere = [.. RollUps.Where(rollUp => rollUp.IsAcross).Select(rollUp => rollUp.ReadPermission).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        _counted = _rollUps.Values.GroupBy(rollUp => rollUp.Child, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => (IReadOnlyList<BesideField>)[.. group.OrderBy(rollUp => rollUp.StoredKey, StringComparer.Ordinal)], StringComparer.Ordinal);
    }

    private TenantFields(TenantFields other, Func<DefinedField, bool> isMeant)
    {
        (Version, _ready, _objects, _objectResources) = (other.Version, other._ready, other._objects, other._objectResources);
        (HasRollUps, RollUps, _rollUps, _counted, _readByFormulas, ReadElsewhere) = (other.HasRollUps, other.RollUps, other._rollUps, other._counted, other._readByFormulas, other.ReadElsewhere);
        _resources = other.All.Select(fields => new ResourceFields(fields.Resource, fields.All.Where(isMeant).Select(field => field.Definition)))
            .ToFrozenDictionary(fields => fields.Resource, StringComparer.Ordinal);
    }

    /// <summary>The company's schema version.</summary>
    public long Version { get; }

    /// <summary>Those of the fields of a kind of record that the platform makes by itself: formulas, roll-ups, numbers.</summary>
    /// <param name="resource">The kind.</param>
    /// <param name="paths">In the names of the .proto: <c>custom_fields.size</c>.</param>
    public IEnumerable<string> ComputedAmong(string resource, IEnumerable<string> paths) =>
        paths.Where(path => path.StartsWith(ResourceInfo.CustomFieldsPrefix, StringComparison.Ordinal) && Of(resource).Find(path[ResourceInfo.CustomFieldsPrefix.Length..])?.Definition.IsComputed() is true);

    /// <summary>The fields of every kind of record that has some.</summary>
    public IEnumerable<ResourceFields> All => _resources.Values;

    /// <summary>Whether some records keep the rates of amounts.</summary>
    internal bool HasRates => _resources.Values.Any(fields => fields.MoneyKeys.Count > 0);

    /// <summary>Whether some of them are confidential.</summary>
    internal bool HasConfidential => _resources.Values.Any(fields => fields.ConfidentialPaths.Count > 0);

    /// <summary>What a file may hold that the caller sends: not what is confidential, where the caller may not see it.</summary>
    public TenantFields ForFilesOf(Caller caller) =>
        HasConfidential && !caller.Permissions.Contains(ResourceFields.ReadConfidential) ? new TenantFields(this, field => field.Type != FieldType.Confidential) : this;

    /// <summary>The object whose records have that name in addresses; null where the company has none.</summary>
    public ObjectType? FindObject(string pluralKey) => _objects.GetValueOrDefault(pluralKey);

    /// <summary>The objects that the company has in use.</summary>
    public IEnumerable<ObjectType> Objects => _objects.Values;

    /// <summary>Whether the company has the object in use.</summary>
    public bool HasObject(string resource) => _objectResources.Contains(resource);

    /// <summary>Whether some record has a roll-up.</summary>
    internal bool HasRollUps { get; }

    /// <summary>The permissions to read what roll-ups count in other services.</summary>
    internal IReadOnlyList<string> ReadElsewhere { get; }

    /// <summary>All roll-ups that count something, and behind them the formulas over some.</summary>
    internal IReadOnlyList<BesideField> RollUps { get; }

    /// <summary>The kinds of records that have formulas over roll-ups.</summary>
    internal IEnumerable<string> WithFormulasOverRollUps => RollUps.OfType<RollUpFormula>().Select(formula => formula.Child).Distinct(StringComparer.Ordinal);

    /// <summary>Whether values under this stored key are read by a formula.</summary>
    internal bool IsReadByFormula(string rollUp) => _readByFormulas.Contains(rollUp);

    /// <summary>The roll-up, or formula over some, of a kind of record; null where there is none, or it counts nothing because it is wrong.</summary>
    internal BesideField? FindRollUp(string resource, string key) => _rollUps.GetValueOrDefault((resource, key));

    /// <summary>The roll-ups that count records of a kind, and the formulas over roll-ups that those have.</summary>
    internal IReadOnlyList<BesideField> RollUpsOver(string child) => _counted.GetValueOrDefault(child, []);

    /// <summary>Whether some roll-up is defined that counts records of a kind, or formula over roll-ups that they have, right or wrong.</summary>
    internal bool MayCount(string child) => _resources.Values.Any(fields => fields.All.Any(field => field.IsBeside && (field.Definition.RollUp?.Resource ?? fields.Resource) == child));

    /// <summary>Whether the values of a field are kept beside every record that has one.</summary>
    internal bool IsReady(string resource, string key) => _ready.Contains((resource, key));

    internal bool HasReady(IReadOnlyCollection<(string Resource, string Key)> ready) => _ready.SetEquals(ready);

    /// <summary>Whether a field is in use in a record, by its condition. One that cannot be read any more, since it names a field that is gone, holds.</summary>
    internal bool IsShown(ResourceInfo resource, DefinedField field, IMessage record, FilterContext context) =>
        _conditions.GetOrAdd(field, _ => Filter.Parse(field.Definition.VisibleWhen) is { IsError: false } parsed && parsed.Value.Bind(FilterableFields.SchemaOf(resource), this) is { IsError: false } bound ? bound.Value : null)
            ?.Evaluate(record, context with { CustomFields = this }) is not false;

    /// <summary>The fields on one kind of record.</summary>
    public ResourceFields Of(string resource) => _resources.TryGetValue(resource, out var fields) ? fields : None.GetOrAdd(resource, static name => new ResourceFields(name, []));
}
