using System.Security.Cryptography;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.CustomFields.Formulas;
using Platform.CustomFields.V1;
using Platform.Errors;
using Platform.Filtering;
using static Platform.Languages.Wording;

namespace Platform.CustomFields.RollUps;

/// <summary>
/// A roll-up, ready to say what one record gives to it. What is counted is kept under a key with the revision of the definition, so
/// that what an earlier one counted is never taken for what this counts.
/// </summary>
internal sealed class RollUpField
{
    // Raised when a roll-up comes to mean something else than it did: all are then counted anew.
    private const string Meaning = "1";

    // In a stored key, between the function and the field; no key of a field or formula has it.
    private const char Mark = ':';

    private readonly Formula? _value;
    private readonly Filter _filter;
    private object? _bound;

    private RollUpField(Field definition, Formula? value, Filter filter, IReadOnlySet<string> reads, ResourceFields child)
    {
        (Definition, _value, _filter, Reads) = (definition, value, filter, reads);
        ResultType = definition.RollUp.Function == RollUpFunction.Count ? FieldType.Number : value!.Type.Stored();
        Name = NameOf(definition);
        StoredKey = $"{Name}{ResourceFormulas.Mark}{RevisionOf(definition, reads, child)}";
    }

    /// <summary>What the company said.</summary>
    public Field Definition { get; }

    /// <summary>The kind of record that is counted.</summary>
    public string Child => Definition.RollUp.Resource;

    /// <summary>Whether another service keeps the records that are counted than those that have the roll-up.</summary>
    public bool IsAcross => ModuleOf(Child) != ModuleOf(Definition.Resource);

    /// <summary>The permission to read what is counted.</summary>
    public string ReadPermission => ResourceCatalogue.Find(Child)!.PermissionFor(AccessAction.Read);

    /// <summary>What its values are.</summary>
    public FieldType ResultType { get; }

    /// <summary>The fields of the counted records that it reads, that of the relation among them.</summary>
    public IReadOnlySet<string> Reads { get; }

    /// <summary>The key without its revision: <c>sum:contacts.company/total</c>. PostgreSQL reads the function in it.</summary>
    public string Name { get; }

    /// <summary>The key under which each counted record keeps what it gives, and the values are.</summary>
    public string StoredKey { get; }

    /// <summary>Whether nothing to count is 0; of other functions it is no value.</summary>
    public bool IsCount => Definition.RollUp.Function == RollUpFunction.Count;

    /// <summary>Whether a key of a record, or of what is kept beside records, is one of a roll-up.</summary>
    public static bool IsKey(string key) => key.Contains(Mark, StringComparison.Ordinal);

    /// <summary>The kind of record that has the roll-up of a stored key.</summary>
    public static string ParentOf(string key) => key[(key.IndexOf(Mark, StringComparison.Ordinal) + 1)..].Split('/')[0];

    /// <summary>Whether the roll-up of a stored key is one across services.</summary>
    public static bool IsKeyAcross(string key, string child) => IsKey(key) && ModuleOf(ParentOf(key)) != ModuleOf(child);

    /// <summary>The key of a definition, without its revision.</summary>
    public static string NameOf(Field field) => $"{field.RollUp.Function.ToString().ToLowerInvariant()}{Mark}{field.Resource}/{field.Key}";

    /// <summary>The roll-up of a definition, or what is wrong with it.</summary>
    /// <param name="field">The definition.</param>
    /// <param name="fields">The fields of the counted records.</param>
    public static Result<RollUpField> Of(Field field, TenantFields fields)
    {
        if (field.RollUp is not { } rollUp || ResourceCatalogue.Find(rollUp.Resource) is not { } info)
            return RollUpErrors.Invalid("resource", "Name the kind of records that are counted, such as contacts.person or records.visit.");
        var child = fields.Of(info.Name);
        if (RollUpRelations.FaultOf(field, info, child) is { } fault)
            return fault;
        var reads = new HashSet<string>(StringComparer.Ordinal) { rollUp.Relation };
        var value = ValueOf(rollUp, info, child, reads);
        if (value is { IsError: true })
            return value.Value.Error;
        var filter = FilterOf(rollUp, info, fields, reads);
        return filter.IsError ? filter.Error : new RollUpField(field, value?.Value, filter.Value, reads, child);
    }

    /// <summary>What a record gives: the record that it leads to and a value; null where it is not counted.</summary>
    /// <param name="kind">The kind of record.</param>
    /// <param name="row">The record, its formulas computed.</param>
    /// <param name="stored">Its custom fields.</param>
    /// <param name="fields">Those that the company defined.</param>
    public Value InputOf(ProtectedResource kind, ProtectedEntity row, Struct stored, TenantFields fields)
    {
        if (!row.IsInUse() || Read(Definition.RollUp.Relation).Value is not string parent || !kind.Passes(row, this, fields))
            return Value.ForNull();
        if (_value is null)
            return RollUpInput.Write(parent, FormulaValue.Missing);
        var value = FormulaResult.Fit(_value.Evaluate(Read));
        return value.IsMissing ? Value.ForNull() : RollUpInput.Write(parent, value);

        FormulaValue Read(string path) => FormulaFields.KeyOf(path) is not { } key
            ? kind.ValueOf(row, path)
            : fields.Of(Child).Find(key) is { } known ? FormulaFields.Read(known.Definition.ValueType(), stored.Fields.GetValueOrDefault(known.StoredKey)) : FormulaValue.Missing;
    }

    /// <summary>The filter, for rows of the service that has the records; null where its schema does not fit.</summary>
    public BoundFilter<T>? FilterFor<T>(FilterSchema<T> schema, TenantFields fields)
        where T : class => (BoundFilter<T>?)(_bound ??= _filter.Bind(schema, fields).Value);

    private static string ModuleOf(string resource) => resource.Split('.')[0];

    private static Result<Formula>? ValueOf(RollUp rollUp, ResourceInfo info, ResourceFields child, HashSet<string> reads)
    {
        if (rollUp.Function == RollUpFunction.Count)
            return null;
        var definitions = child.All.Select(field => field.Definition).ToList();
        var formula = Formula.Parse(rollUp.Value, FormulaFields.Of(info.Name, definitions));
        if (formula.IsError)
            return RollUpMentions.In(rollUp.Value, definitions) is { } nested ? RollUpErrors.NotReadable("field.rollUp.value", nested) : RollUpErrors.In("value", formula.Error);
        var fits = formula.Value.Type switch
        {
            FormulaType.Number or FormulaType.Money => true,
            FormulaType.Date or FormulaType.Instant => rollUp.Function is RollUpFunction.Minimum or RollUpFunction.Maximum,
            _ => false,
        };
        if (!fits)
            return RollUpErrors.Invalid("value", Say($"This is {formula.Value.Type.Name()}: sums and averages are of numbers and money, minima and maxima of dates and moments too."));
        reads.UnionWith(formula.Value.Fields);
        return formula;
    }

    private static Result<Filter> FilterOf(RollUp rollUp, ResourceInfo info, TenantFields fields, HashSet<string> reads)
    {
        var filter = Filter.Parse(rollUp.Filter);
        if (filter.IsError)
            return RollUpErrors.In("filter", filter.Error);
        if (!filter.Value.IsOfRowAlone)
            return RollUpErrors.Invalid("filter", "The filter depends on who asks or on the time: compare with fixed values, because what is counted is kept.");
        var bound = filter.Value.Bind(FilterableFields.SchemaOf(info), fields);
        if (bound.IsError)
            return RollUpErrors.In("filter", bound.Error);
        if (bound.Value.Related.Count > 0)
            return RollUpErrors.Invalid("filter", "The filter looks at other records, whose changes would not be counted: compare fields of the record itself.");
        var child = fields.Of(info.Name);
        if (bound.Value.Fields.FirstOrDefault(path => FormulaFields.KeyOf(path) is { } key && child.Find(key)?.Type == FieldType.RollUp) is { } nested)
            return RollUpErrors.NotReadable("field.rollUp.filter", nested);
        // What is confidential would be told by the values, to everybody.
        if (bound.Value.Fields.FirstOrDefault(path => FormulaFields.KeyOf(path) is { } key && child.Find(key)?.Type == FieldType.Confidential) is { } confidential)
            return RollUpErrors.Invalid("filter", Say($"'{confidential}' is confidential, and would be told by the values of the roll-up."));
        reads.UnionWith(bound.Value.Fields);
        return filter;
    }

    private static string RevisionOf(Field field, IReadOnlySet<string> reads, ResourceFields child)
    {
        var rollUp = field.RollUp;
        var text = new StringBuilder(Meaning).AppendJoin('\n', [rollUp.Resource, rollUp.Relation, rollUp.Function, rollUp.Value, rollUp.Filter]);
        foreach (var path in reads.Order(StringComparer.Ordinal))
        {
            text.Append('\n').Append(path);
            if (FormulaFields.KeyOf(path) is { } key && child.Find(key) is { } known)
                text.Append(' ').Append(known.StoredKey).Append(' ').Append(known.Definition.ValueType());
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 4));
    }
}
