using System.Security.Cryptography;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.CustomFields.Computing;
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
internal sealed class RollUpField : BesideField
{
    // Raised when a roll-up comes to mean something else than it did: all are then counted anew.
    private const string Meaning = "1";

    // In a stored key, between the function and the field; no key of a field or formula has it.
    private const char Mark = ':';

    private readonly Formula? _value;
    private readonly Filter _filter;
    private object? _bound;

    private RollUpField(Field definition, Formula? value, Filter filter, IReadOnlySet<string> reads, ResourceFields child)
        : base(
            definition,
            definition.RollUp.Resource,
            definition.RollUp.Function == RollUpFunction.Count ? FieldType.Number : value!.Type.Stored(),
            reads,
            $"{NameOf(definition)}{ResourceFormulas.Mark}{RevisionOf(definition, reads, child)}") =>
        (_value, _filter) = (value, filter);

    public override bool IsAcross => ModuleOf(Child) != ModuleOf(Definition.Resource);

    public override bool IsCount => Definition.RollUp.Function == RollUpFunction.Count;

    /// <summary>Whether a key of a record, or of what is kept beside records, is one of a roll-up.</summary>
    public static bool IsKey(string key) => key.Contains(Mark, StringComparison.Ordinal);

    /// <summary>The kind of record that has the roll-up of a stored key.</summary>
    public static string ParentOf(string key) => key[(key.IndexOf(Mark, StringComparison.Ordinal) + 1)..].Split('/')[0];

    /// <summary>Whether the roll-up of a stored key is one across services.</summary>
    public static bool IsKeyAcross(string key, string child) => IsKey(key) && ModuleOf(ParentOf(key)) != ModuleOf(child);

    /// <summary>Whether changes under a stored key are told to a worker.</summary>
    public static bool IsKeyTold(string key, string child) => RollUpFormula.IsKey(key) || IsKeyAcross(key, child);

    /// <summary>The key of a definition, without its revision: <c>sum:contacts.company/total</c>. PostgreSQL reads the function in it.</summary>
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
        if (rollUp.InCompanyCurrency && value?.Value?.Type != FormulaType.Money)
            return RollUpErrors.Invalid("inCompanyCurrency", "Only amounts of money are converted into the company's currency: leave this out.");
        var filter = FilterOf(rollUp, info, fields, reads);
        return filter.IsError ? filter.Error : new RollUpField(field, value?.Value, filter.Value, reads, child);
    }

    /// <summary>What a record gives: the record that it leads to and a value; null where it is not counted.</summary>
    public override Value InputOf(ProtectedResource kind, ProtectedEntity row, Struct stored, TenantFields fields)
    {
        if (!row.IsInUse() || Read(Definition.RollUp.Relation).Value is not string parent || !kind.Passes(row, this, fields))
            return Value.ForNull();
        if (_value is null)
            return RollUpInput.Write(parent, FormulaValue.Missing);
        var given = FormulaResult.Fit(_value.Evaluate(Read));
        var value = Definition.RollUp.InCompanyCurrency ? FormulaResult.Fit(RecordRates.Convert(given, row, stored)) : given;
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
        var formula = Formula.Parse(rollUp.Value, FormulaFields.Of(info.Name, child.All.Where(field => !field.IsBeside).Select(field => field.Definition)));
        if (formula.IsError)
            return RollUpMentions.In(rollUp.Value, child.All.Where(field => field.IsBeside)) is { } nested ? RollUpErrors.NotReadable("field.rollUp.value", nested) : RollUpErrors.In("value", formula.Error);
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
        if (bound.Value.Fields.FirstOrDefault(info.Judged.Contains) is { } judged)
            return RollUpErrors.Invalid("filter", Say($"'{judged}' is made of the other fields, last of all when a record is saved: compare those."));
        if (bound.Value.Fields.FirstOrDefault(path => FormulaFields.KeyOf(path) is { } key && child.Find(key)?.IsBeside is true) is { } nested)
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
        if (rollUp.InCompanyCurrency)
            text.Append("\nin the company's currency");
        foreach (var path in reads.Order(StringComparer.Ordinal))
        {
            text.Append('\n').Append(path);
            if (FormulaFields.KeyOf(path) is { } key && child.Find(key) is { } known)
                text.Append(' ').Append(known.StoredKey).Append(' ').Append(known.Definition.ValueType());
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 4));
    }
}
