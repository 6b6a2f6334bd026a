using Google.Protobuf.WellKnownTypes;
using Platform.CustomFields.V1;

namespace Platform.CustomFields.Formulas;

/// <summary>
/// The formulas of one kind of record, ready to compute. A value is stored under the key of its field with the revision of the
/// formula, so that one of an earlier formula is never taken for one of this: where the key is missing, the value is still to
/// be computed.
/// </summary>
internal sealed class ResourceFormulas
{
    /// <summary>Before the revision in a stored key; no key of a field has it.</summary>
    public const char Mark = '@';

    // Behind a stored key: why there is no value.
    private const char Why = '?';

    private readonly FormulaGraph _graph;
    private readonly Dictionary<string, (string StoredKey, Formula Formula)> _byKey;
    private readonly Dictionary<string, Field> _fields;

    /// <summary>Compiles the formulas among the fields in use.</summary>
    public ResourceFormulas(string resource, IReadOnlyCollection<Field> fields)
    {
        _graph = new FormulaGraph(resource, fields);
        _fields = fields.ToDictionary(field => field.Key, StringComparer.Ordinal);
        _byKey = _graph.InOrder.Where(item => !_graph.ReadsRollUps(item.Field.Key)).ToDictionary(item => item.Field.Key, item => ($"{item.Field.Key}{Mark}{_graph.RevisionOf(item.Field.Key)}", item.Formula), StringComparer.Ordinal);
    }

    /// <summary>The keys under which values of the present formulas are stored, but of those over roll-ups, whose values are beside the record.</summary>
    public IEnumerable<string> StoredKeys => _byKey.Values.Select(item => item.StoredKey);

    /// <summary>The key under which values of a field are stored.</summary>
    public string StoredKeyOf(string key) => _byKey.TryGetValue(key, out var known) ? known.StoredKey : $"{key}{Mark}";

    /// <summary>The fields that a formula reads, and those that they read.</summary>
    public IReadOnlySet<string> ReadBy(string key) => _graph.ReadBy(key);

    /// <summary>Whether a formula reads a roll-up, itself or by way of another formula.</summary>
    public bool ReadsRollUps(string key) => _graph.ReadsRollUps(key);

    /// <summary>What a formula comes to read in the end: fields of the record that are no formulas, and roll-ups.</summary>
    public (IReadOnlyList<string> Own, IReadOnlyList<string> RollUps) InputsOf(string key)
    {
        var read = _graph.ReadBy(key).Where(path => !_graph.IsFormula(path)).Order(StringComparer.Ordinal).ToList();
        return (read.FindAll(path => !_graph.IsRollUp(path)), [.. read.Where(_graph.IsRollUp).Select(path => FormulaFields.KeyOf(path)!)]);
    }

    /// <summary>What the value of a formula depends on beside the record.</summary>
    public string RevisionOf(string key) => _graph.RevisionOf(key);

    /// <summary>A field of the record that is no formula.</summary>
    public FormulaValue Own(string path, Struct stored, Func<string, FormulaValue> builtIn) =>
        FormulaFields.KeyOf(path) is { } key ? FormulaFields.Read(_fields[key].ValueType(), stored.Fields.GetValueOrDefault(key)) : builtIn(path);

    /// <summary>The value of a formula over roll-ups.</summary>
    /// <param name="key">The formula.</param>
    /// <param name="stored">The custom fields of the record.</param>
    /// <param name="builtIn">Reads the other fields of the record.</param>
    /// <param name="rollUps">The roll-ups of the record, by their keys.</param>
    public FormulaValue Evaluate(string key, Struct stored, Func<string, FormulaValue> builtIn, Func<string, FormulaValue> rollUps)
    {
        var values = new Dictionary<string, FormulaValue>(StringComparer.Ordinal);
        foreach (var (field, formula) in _graph.InOrder)
        {
            values[field.Key] = FormulaResult.Fit(formula.Evaluate(ReadAny));
            if (field.Key == key)
                break;
        }

        return values[key];

        FormulaValue ReadAny(string path) => FormulaFields.KeyOf(path) is not { } read ? builtIn(path)
            : values.TryGetValue(read, out var value) ? value
            : _graph.IsRollUp(path) ? rollUps(read) : Own(path, stored, builtIn);
    }

    /// <summary>Whether a stored key is one of a formula, of this revision or another.</summary>
    public static bool IsComputed(string storedKey) => storedKey.Contains(Mark, StringComparison.Ordinal);

    /// <summary>Why a formula has no value in the record; null where nothing is said.</summary>
    public string? ReasonOf(Struct stored, string key) => stored.Fields.GetValueOrDefault(StoredKeyOf(key) + Why)?.StringValue;

    /// <summary>The custom fields with the values that all formulas have; the same object where they are there already.</summary>
    /// <param name="stored">The custom fields of the record.</param>
    /// <param name="builtIn">Reads the other fields of the record.</param>
    public Struct Compute(Struct stored, Func<string, FormulaValue> builtIn)
    {
        var computed = new Struct();
        foreach (var (key, value) in stored.Fields.Where(field => !IsComputed(field.Key)))
            computed.Fields[key] = value;
        var values = new Dictionary<string, FormulaValue>(StringComparer.Ordinal);
        foreach (var (field, formula) in _graph.InOrder.Where(item => _byKey.ContainsKey(item.Field.Key)))
        {
            var value = FormulaResult.Fit(formula.Evaluate(Read));
            values[field.Key] = value;
            computed.Fields[StoredKeyOf(field.Key)] = FormulaResult.ToValue(value);
            if (value.Reason is { } reason)
                computed.Fields[StoredKeyOf(field.Key) + Why] = Value.ForString(reason);
        }

        return computed.Equals(stored) ? stored : computed;

        FormulaValue Read(string path) => FormulaFields.KeyOf(path) is not { } key ? builtIn(path)
            : values.TryGetValue(key, out var value) ? value
            : FormulaFields.Read(_fields[key].Type, stored.Fields.GetValueOrDefault(key));
    }
}
