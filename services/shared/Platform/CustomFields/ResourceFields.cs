using System.Collections.Frozen;
using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.Access.Fields;
using Platform.CustomFields.Formulas;
using Platform.CustomFields.RollUps;
using Platform.CustomFields.V1;
using Platform.Errors;
using Platform.Filtering.Parsing;
using static Platform.Languages.Wording;

namespace Platform.CustomFields;

/// <summary>The fields that a company defined on one kind of record and uses.</summary>
public sealed class ResourceFields
{
    /// <summary>Who has it sees and writes confidential fields of all kinds of records.</summary>
    public const string ReadConfidential = "metadata.confidential";

    private const int MaxBytes = 256 * 1024;

    // Before what answers tell about values, which is no value itself.
    private const char About = '$';
    private const string Pending = "$pending";
    private const string Reasons = "$reasons";
    private const string AsOf = "$asOf";

    private readonly FrozenDictionary<string, DefinedField> _fields;
    private readonly ResourceFormulas? _formulas;

    /// <summary>Compiles the definitions.</summary>
    public ResourceFields(string resource, IEnumerable<Field> fields)
    {
        var all = fields.ToList();
        Resource = resource;
        _formulas = all.Exists(field => field.Type == FieldType.Formula) ? new ResourceFormulas(resource, all) : null;
        _fields = all.Select(Compile).ToFrozenDictionary(field => field.Key, StringComparer.Ordinal);
        ConfidentialPaths = [.. all.Where(field => field.Type == FieldType.Confidential).Select(field => FormulaFields.PathOf(field.Key))];
        HasComputed = all.Exists(field => field.Type is FieldType.Formula or FieldType.AutoNumber);
        HasRollUps = all.Exists(field => field.Type == FieldType.RollUp);
        MoneyKeys = ResourceCatalogue.Find(resource) is { KeepsRates: true }
            ? [.. _fields.Values.Where(field => !field.IsBeside && field.Definition.ValueType() == FieldType.Money).Select(field => field.StoredKey).Order(StringComparer.Ordinal)] : [];
    }

    /// <summary>The kind of record.</summary>
    public string Resource { get; }

    /// <summary>The confidential ones, in the names of the .proto.</summary>
    internal IReadOnlyList<string> ConfidentialPaths { get; }

    /// <summary>Whether the platform sets some of the values in the record itself.</summary>
    internal bool HasComputed { get; }

    /// <summary>Whether some of the values are computed of other records, and kept beside this one.</summary>
    internal bool HasRollUps { get; }

    /// <summary>The keys under which amounts are stored whose rates the record keeps.</summary>
    internal IReadOnlyList<string> MoneyKeys { get; }

    /// <summary>The keys under which values of the present formulas are stored.</summary>
    internal IReadOnlyCollection<string> FormulaKeys => _formulas is null ? [] : [.. _formulas.StoredKeys];

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<DefinedField> All => _fields.Values;

    private IEnumerable<DefinedField> Formulas => _formulas is null ? [] : All.Where(known => known is { Type: FieldType.Formula, IsBeside: false });

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
    /// <param name="isShown">Whether a field is in use in the record with these custom fields; null for all fields in all records.</param>
    public Result<Struct> Prepare(Struct change, Struct? stored, string root, bool complete = true, Func<DefinedField, Struct, bool>? isShown = null)
    {
        var (kept, violations) = (new Struct(), new List<FieldViolation>());
        foreach (var (key, value) in change.Fields)
        {
            if (key.StartsWith(About))
                continue;
            var before = stored?.Fields.GetValueOrDefault(key);
            if (Find(key) is not { } field)
            {
                if (!DefinedField.IsEmpty(value) && !value.Equals(before))
                    violations.Add(new FieldViolation($"{root}.{key}", Say($"There is no custom field '{Short(key)}'.{FilterErrors.DidYouMean(key, _fields.Keys)}")));
            }
            else if (field.Definition.IsComputed())
            {
                // Who sends back what was read means no harm; what is made of other records may have changed since.
                if (!field.IsBeside && !DefinedField.IsEmpty(value) && !value.Equals(stored?.Fields.GetValueOrDefault(field.StoredKey)))
                    violations.Add(new FieldViolation($"{root}.{key}", Say("The platform sets this value: leave it out.")));
            }
            else if (!DefinedField.IsEmpty(value))
            {
                if (field.Read(value, before, out var message) is { } read)
                    kept.Fields[key] = read;
                else
                    violations.Add(new FieldViolation($"{root}.{key}", Say(message)));
            }
        }

        foreach (var (key, value) in stored?.Fields ?? [])
        {
            if (Find(key) is null or { Type: FieldType.AutoNumber })
                kept.Fields[key] = value;
        }

        if (stored is null)
            AddDefaults(kept, change);
        if (complete)
            AddMissing(violations, kept, change, stored, root, isShown);
        if (kept.CalculateSize() > MaxBytes)
            violations.Add(new FieldViolation(root, Say($"All custom fields together take at most {MaxBytes / 1024} KiB.")));
        return violations.Count > 0 ? Error.Invalid(violations) : kept;
    }

    /// <summary>
    /// The values that belong to fields in use: what answers and events tell. Formulas whose value is still to be computed are
    /// named in <c>$pending</c>, why others have none in <c>$reasons</c>.
    /// </summary>
    /// <param name="stored">The custom fields of a record.</param>
    /// <param name="rules">What is left of the fields for who is told; null for all of them.</param>
    public Struct Visible(Struct stored, FieldRules? rules = null)
    {
        if (_formulas is null && stored.Fields.Keys.All(_fields.ContainsKey))
            return stored;
        var visible = new Struct();
        foreach (var (key, value) in stored.Fields.Where(field => _fields.ContainsKey(field.Key) || field.Key.StartsWith(About)))
            visible.Fields[key] = key.StartsWith(About) ? value.Clone() : value;
        foreach (var field in Formulas.Where(field => rules?.IsReadable(FormulaFields.PathOf(field.Key)) is not false))
            AddFormula(visible, stored, field);
        return visible;
    }

    /// <summary>The same for events, which go to everybody who listens: without what is confidential.</summary>
    /// <param name="stored">The custom fields of a record.</param>
    internal Struct Published(Struct stored) =>
        ConfidentialPaths.Count == 0 ? Visible(stored) : Without(Visible(stored), key => Find(key) is { Type: FieldType.Confidential });

    /// <summary>The custom fields with what the platform sets itself; the same object where nothing is new.</summary>
    internal Struct Compute(Struct stored, Func<string, FormulaValue> builtIn) =>
        _formulas?.Compute(stored, builtIn) ?? Without(stored, ResourceFormulas.IsComputed);

    /// <summary>The formulas that the caller would learn a hidden value by, each with such a field that it reads.</summary>
    internal IEnumerable<(string Path, string Input)> Telling(FieldRules rules)
    {
        foreach (var field in Formulas)
        {
            if (_formulas!.ReadBy(field.Key).FirstOrDefault(path => !rules.MayNarrowBy(path)) is { } input)
                yield return (FormulaFields.PathOf(field.Key), input);
        }
    }

    /// <summary>The formulas over roll-ups, but those of which a roll-up counts nothing because it is wrong.</summary>
    internal IEnumerable<RollUpFormula> OverRollUps(Func<string, RollUpField?> find) =>
        from field in All.Where(field => field is { Type: FieldType.Formula, IsBeside: true })
        let rollUps = _formulas!.InputsOf(field.Key).RollUps.Select(find).ToList()
        where !rollUps.Contains(null)
        select new RollUpFormula(field.Definition, _formulas!, rollUps!);

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

    /// <summary>The custom fields of an answer with what is known of a roll-up, or a formula over some: its value, that it is pending, or why there is none.</summary>
    internal static void AddRollUp(Struct visible, string key, bool isPending, Value? value, string? reason)
    {
        if (isPending)
            Add(visible, Pending, () => Value.ForList()).ListValue.Values.Add(Value.ForString(key));
        else if (value is not null)
            visible.Fields[key] = value;
        else if (reason is not null)
            Add(visible, Reasons, () => Value.ForStruct(new Struct())).StructValue.Fields[key] = Value.ForString(reason);
    }

    /// <summary>As of when a value is that other services tell of.</summary>
    internal static void AddAsOf(Struct visible, string key, string time) =>
        Add(visible, AsOf, () => Value.ForStruct(new Struct())).StructValue.Fields[key] = Value.ForString(time);

    private DefinedField Compile(Field field) => new(field)
    {
        StoredKey = field.Type == FieldType.Formula ? _formulas!.StoredKeyOf(field.Key) : field.Key,
        IsBeside = field.Type == FieldType.RollUp || (field.Type == FieldType.Formula && _formulas!.ReadsRollUps(field.Key)),
    };

    // What another service or an answer told before has the value under the field's own key.
    private void AddFormula(Struct visible, Struct stored, DefinedField field)
    {
        if (visible.Fields.ContainsKey(field.Key) || IsTold(visible, field.Key))
            return;
        if (!stored.Fields.TryGetValue(field.StoredKey, out var value))
            Add(visible, Pending, () => Value.ForList()).ListValue.Values.Add(Value.ForString(field.Key));
        else if (!DefinedField.IsEmpty(value))
            visible.Fields[field.Key] = value;
        else if (_formulas!.ReasonOf(stored, field.Key) is { } reason)
            Add(visible, Reasons, () => Value.ForStruct(new Struct())).StructValue.Fields[field.Key] = Value.ForString(reason);
    }

    private static bool IsTold(Struct visible, string key) =>
        visible.Fields.GetValueOrDefault(Pending)?.ListValue?.Values.Any(pending => pending.StringValue == key) is true
        || visible.Fields.GetValueOrDefault(Reasons)?.StructValue?.Fields.ContainsKey(key) is true;

    private static Value Add(Struct values, string key, Func<Value> make) =>
        values.Fields.TryGetValue(key, out var known) ? known : values.Fields[key] = make();

    internal static Struct Without(Struct stored, Func<string, bool> isMeant)
    {
        if (!stored.Fields.Keys.Any(isMeant))
            return stored;
        var left = new Struct();
        foreach (var (key, value) in stored.Fields.Where(field => !isMeant(field.Key)))
            left.Fields[key] = value;
        return left;
    }

    private void AddDefaults(Struct kept, Struct change)
    {
        foreach (var field in All.Where(field => field.Definition.DefaultValue is not null && !field.Definition.Deprecated && !change.Fields.ContainsKey(field.Key)))
            kept.Fields[field.Key] = field.Definition.DefaultValue.Clone();
    }

    // A record from before the field was required stays editable until its custom fields are touched.
    private void AddMissing(List<FieldViolation> violations, Struct kept, Struct change, Struct? stored, string root, Func<DefinedField, Struct, bool>? isShown)
    {
        if (stored is not null && kept.Equals(stored))
            return;
        foreach (var field in All.Where(field => field.Definition is { Required: true, Deprecated: false } && !kept.Fields.ContainsKey(field.Key)))
        {
            if ((!change.Fields.TryGetValue(field.Key, out var sent) || DefinedField.IsEmpty(sent)) && isShown?.Invoke(field, kept) is not false)
                violations.Add(new FieldViolation($"{root}.{field.Key}", Say($"'{field.Definition.Label}' is required.")));
        }
    }

    private static string Short(string key) => key.Length <= 64 ? key : $"{key[..64]}…";
}
