using System.Security.Cryptography;
using System.Text;
using Platform.CustomFields.V1;
using Platform.Errors;

namespace Platform.CustomFields.Formulas;

/// <summary>The formulas of one kind of record, and which reads which.</summary>
internal sealed class FormulaGraph
{
    // Raised when a formula comes to mean something else than it did: all values are then computed anew.
    private const string Meaning = "1";

    private readonly Dictionary<string, (Field Field, Formula Formula)> _formulas = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Field> _fields;
    private readonly Dictionary<string, string> _revisions = new(StringComparer.Ordinal);
    private readonly List<string> _inOrder = [];

    /// <summary>Takes the fields in use.</summary>
    public FormulaGraph(string resource, IEnumerable<Field> fields)
    {
        _fields = fields.ToDictionary(field => field.Key, StringComparer.Ordinal);
        var known = FormulaFields.Of(resource, _fields.Values);
        foreach (var field in _fields.Values.Where(field => field.Type == FieldType.Formula))
        {
            var formula = Formula.Parse(field.Formula, known);
            if (!formula.IsError)
                _formulas[field.Key] = (field, formula.Value);
            else
                Fault ??= (field.Key, formula.Error);
        }

        foreach (var key in _formulas.Keys.Order(StringComparer.Ordinal))
            Visit(key, []);
    }

    /// <summary>The first formula that is wrong; null where none is.</summary>
    public (string Key, Error Error)? Fault { get; }

    /// <summary>Fields that read each other, the first one again at the end; null where none do.</summary>
    public IReadOnlyList<string>? Cycle { get; private set; }

    /// <summary>Those that are right, each behind what it reads.</summary>
    public IEnumerable<(Field Field, Formula Formula)> InOrder => _inOrder.Select(key => _formulas[key]);

    /// <summary>What the values depend on beside the record, as a short text: other values are those of another formula.</summary>
    public string RevisionOf(string key)
    {
        if (_revisions.TryGetValue(key, out var known))
            return known;
        var (field, formula) = _formulas[key];
        var text = new StringBuilder(Meaning).Append('\n').Append(field.Formula);
        foreach (var read in formula.Fields.Order(StringComparer.Ordinal))
        {
            text.Append('\n').Append(read);
            if (FormulaFields.KeyOf(read) is { } other)
                text.Append(' ').Append(_formulas.ContainsKey(other) ? RevisionOf(other) : _fields[other] is { Type: FieldType.RollUp } rollUp ? $"RollUp {rollUp.ResultType}" : $"{_fields[other].Type}");
        }

        return _revisions[key] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 4));
    }

    /// <summary>The fields that a formula reads, and those that they read.</summary>
    public IReadOnlySet<string> ReadBy(string key)
    {
        var read = new HashSet<string>(StringComparer.Ordinal);
        Add(key, read);
        return read;
    }

    /// <summary>Whether a formula reads a roll-up, itself or by way of another formula.</summary>
    public bool ReadsRollUps(string key) => _formulas.ContainsKey(key) && ReadBy(key).Any(IsRollUp);

    /// <summary>Whether a path is that of a roll-up.</summary>
    public bool IsRollUp(string path) => FormulaFields.KeyOf(path) is { } key && _fields.TryGetValue(key, out var field) && field.Type == FieldType.RollUp;

    /// <summary>Whether a path is that of a formula.</summary>
    public bool IsFormula(string path) => FormulaFields.KeyOf(path) is { } key && _formulas.ContainsKey(key);

    private void Add(string key, HashSet<string> read)
    {
        if (!_formulas.TryGetValue(key, out var known))
            return;
        foreach (var path in known.Formula.Fields)
        {
            if (read.Add(path) && FormulaFields.KeyOf(path) is { } other)
                Add(other, read);
        }
    }

    private void Visit(string key, List<string> way)
    {
        if (_inOrder.Contains(key) || Cycle is not null)
            return;
        var begin = way.IndexOf(key);
        if (begin >= 0)
        {
            Cycle = [.. way.Skip(begin).Append(key).Select(FormulaFields.PathOf)];
            return;
        }

        way.Add(key);
        foreach (var other in _formulas[key].Formula.Fields.Select(FormulaFields.KeyOf).Where(other => other is not null && _formulas.ContainsKey(other)).Order(StringComparer.Ordinal))
            Visit(other!, way);
        way.RemoveAt(way.Count - 1);
        if (Cycle is null)
            _inOrder.Add(key);
    }
}
