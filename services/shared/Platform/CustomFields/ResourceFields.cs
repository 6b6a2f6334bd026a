using System.Collections.Frozen;
using Google.Protobuf.WellKnownTypes;
using Platform.Errors;
using Platform.Filtering.Parsing;
using Platform.CustomFields.V1;

namespace Platform.CustomFields;

/// <summary>The fields that a company defined on one kind of record and uses.</summary>
public sealed class ResourceFields(string resource, IEnumerable<Field> fields)
{
    private const int MaxBytes = 256 * 1024;

    private readonly FrozenDictionary<string, DefinedField> _fields = fields.Select(field => new DefinedField(field)).ToFrozenDictionary(field => field.Key, StringComparer.Ordinal);

    /// <summary>The kind of record.</summary>
    public string Resource => resource;

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<DefinedField> All => _fields.Values;

    /// <summary>The field of that key; null where there is none.</summary>
    public DefinedField? Find(string key) => _fields.GetValueOrDefault(key);

    /// <summary>
    /// What is stored when a record is made (<paramref name="stored"/> is null) or changed. Values that the record has and that
    /// belong to no field in use, such as those of a deleted one, stay as they are.
    /// </summary>
    /// <param name="change">The custom fields that the record is to have; null and empty values remove.</param>
    /// <param name="stored">Those that it has.</param>
    /// <param name="root">Where they stand in the request: <c>deal.customFields</c>.</param>
    /// <param name="complete">Whether required values have to be there.</param>
    public Result<Struct> Prepare(Struct change, Struct? stored, string root, bool complete = true)
    {
        var (kept, violations) = (new Struct(), new List<FieldViolation>());
        foreach (var (key, value) in change.Fields)
        {
            var before = stored?.Fields.GetValueOrDefault(key);
            if (Find(key) is not { } field)
            {
                if (!DefinedField.IsEmpty(value) && !value.Equals(before))
                    violations.Add(new FieldViolation($"{root}.{key}", $"There is no custom field '{Short(key)}'.{FilterErrors.DidYouMean(key, _fields.Keys)}"));
            }
            else if (!DefinedField.IsEmpty(value))
            {
                if (field.Read(value, before, out var message) is { } read)
                    kept.Fields[key] = read;
                else
                    violations.Add(new FieldViolation($"{root}.{key}", message));
            }
        }

        foreach (var (key, value) in stored?.Fields ?? [])
        {
            if (Find(key) is null)
                kept.Fields[key] = value;
        }

        if (stored is null)
            AddDefaults(kept, change);
        if (complete)
            AddMissing(violations, kept, change, stored, root);
        if (kept.CalculateSize() > MaxBytes)
            violations.Add(new FieldViolation(root, $"All custom fields together take at most {MaxBytes / 1024} KiB."));
        return violations.Count > 0 ? Error.Invalid(violations) : kept;
    }

    /// <summary>The values that belong to fields in use: what answers and events tell.</summary>
    public Struct Visible(Struct stored)
    {
        if (stored.Fields.Keys.All(_fields.ContainsKey))
            return stored;
        var visible = new Struct();
        foreach (var (key, value) in stored.Fields.Where(field => _fields.ContainsKey(field.Key)))
            visible.Fields[key] = value;
        return visible;
    }

    /// <summary>The values of another kind of record that fit this one: same key, and a value that this field takes.</summary>
    public Struct Adopt(Struct other)
    {
        var adopted = new Struct();
        foreach (var (key, value) in other.Fields)
        {
            if (Find(key)?.Read(value, stored: null, out _) is { } read)
                adopted.Fields[key] = read;
        }

        return adopted;
    }

    private void AddDefaults(Struct kept, Struct change)
    {
        foreach (var field in All.Where(field => field.Definition.DefaultValue is not null && !field.Definition.Deprecated && !change.Fields.ContainsKey(field.Key)))
            kept.Fields[field.Key] = field.Definition.DefaultValue.Clone();
    }

    // A record from before the field was required stays editable until its custom fields are touched.
    private void AddMissing(List<FieldViolation> violations, Struct kept, Struct change, Struct? stored, string root)
    {
        if (stored is not null && kept.Equals(stored))
            return;
        foreach (var field in All.Where(field => field.Definition is { Required: true, Deprecated: false } && !kept.Fields.ContainsKey(field.Key)))
        {
            if (!change.Fields.TryGetValue(field.Key, out var sent) || DefinedField.IsEmpty(sent))
                violations.Add(new FieldViolation($"{root}.{field.Key}", $"'{field.Definition.Label}' is required."));
        }
    }

    private static string Short(string key) => key.Length <= 64 ? key : $"{key[..64]}…";
}
