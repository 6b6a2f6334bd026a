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
        _byKey = _graph.InOrder.ToDictionary(item => item.Field.Key, item => ($"{item.Field.Key}{Mark}{_graph.RevisionOf(item.Field.Key)}", item.Formula), StringComparer.Ordinal);
    }

    /// <summary>The keys under which values of the present formulas are stored.</summary>
    public IEnumerable<string> StoredKeys => _byKey.Values.Select(item => item.StoredKey);

    /// <summary>The key under which values of a field are stored.</summary>
    public string StoredKeyOf(string key) => _byKey.TryGetValue(key, out var known) ? known.StoredKey : $"{key}{Mark}";

    /// <summary>The fields that a formula reads, and those that they read.</summary>
    public IReadOnlySet<string> ReadBy(string key) => _graph.ReadBy(key);

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
        foreach (var (field, formula) in _graph.InOrder)
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
