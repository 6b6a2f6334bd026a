using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.CustomFields.V1;
using Platform.Errors;

namespace Platform.CustomFields.Formulas;

/// <summary>A formula that is being written, over a record that is given: the same value that its service would keep.</summary>
public sealed class FormulaPreview
{
    private readonly Formula _formula;
    private readonly ResourceInfo _resource;
    private readonly Dictionary<string, Field> _fields;

    private FormulaPreview(Formula formula, ResourceInfo resource, Dictionary<string, Field> fields) => (_formula, _resource, _fields) = (formula, resource, fields);

    /// <summary>What it reads: <c>amount</c>, <c>custom_fields.size</c>.</summary>
    public IEnumerable<string> Reads => _formula.Fields;

    /// <summary>What values of it are.</summary>
    public FieldType ResultType => _formula.Type.Stored();

    /// <summary>Reads a formula. Fails with <c>INVALID_FORMULA</c> and the position of the fault.</summary>
    /// <param name="text">As it is written.</param>
    /// <param name="resource">The kind of record.</param>
    /// <param name="fields">The company's fields on it that are in use.</param>
    public static Result<FormulaPreview> Read(string text, ResourceInfo resource, IEnumerable<Field> fields)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var known = fields.ToDictionary(field => field.Key, StringComparer.Ordinal);
        var formula = Formula.Parse(text, FormulaFields.Of(resource.Name, known.Values));
        return formula.IsError ? formula.Error : new FormulaPreview(formula.Value, resource, known);
    }

    /// <summary>The value for a record, null where there is none; why, where more is to be said of it than that something is missing; and what is.</summary>
    public (Value? Value, string Reason, IReadOnlyList<string> Missing) Of(IMessage record)
    {
        var custom = _resource.Message.FindFieldByName(ResourceInfo.CustomFields)?.Accessor.GetValue(record) as Struct ?? new Struct();
        var result = FormulaResult.Fit(_formula.Evaluate(Own));
        return (result.IsMissing ? null : FormulaResult.ToValue(result), result.Reason ?? "", [.. _formula.Fields.Where(path => Own(path).IsMissing).Order(StringComparer.Ordinal)]);

        FormulaValue Own(string path) => FormulaFields.KeyOf(path) is { } key
            ? FormulaFields.Read(_fields[key].ValueType(), custom.Fields.GetValueOrDefault(key))
            : FilterableFields.SchemaOf(_resource).Find(path)?.ValueOf(record) ?? FormulaValue.Missing;
    }
}
