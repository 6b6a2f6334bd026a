using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.CustomFields.V1;
using Platform.Filtering.Sql;

namespace Platform.CustomFields.Formulas;

/// <summary>The fields that formulas of one kind of record read.</summary>
internal static class FormulaFields
{
    /// <summary>Built-in ones and those that the company defined, with what they hold.</summary>
    public static Dictionary<string, FormulaType> Of(string resource, IEnumerable<Field> fields)
    {
        var known = new Dictionary<string, FormulaType>(StringComparer.Ordinal);
        if (ResourceCatalogue.Find(resource) is { } info)
        {
            foreach (var (name, kind, _) in FilterableFields.SchemaOf(info).Fields)
            {
                if (!info.Judged.Contains(name) && FormulaTypes.Of(kind) is { } type)
                    known[name] = type;
            }
        }

        // What is confidential would be told by the values of the formula, in events too.
        foreach (var field in fields.Where(field => field.Type != FieldType.Confidential))
        {
            if (FormulaTypes.Of(field.ValueType()) is { } type)
                known[PathOf(field.Key)] = type;
        }

        return known;
    }

    public static string PathOf(string key) => ResourceInfo.CustomFieldsPrefix + key;

    /// <summary>The key of a custom field; null for a built-in one.</summary>
    public static string? KeyOf(string path) => path.StartsWith(ResourceInfo.CustomFieldsPrefix, StringComparison.Ordinal) ? path[ResourceInfo.CustomFieldsPrefix.Length..] : null;

    /// <summary>A value as it is stored, where it is one of the type.</summary>
    public static FormulaValue Read(FieldType type, Value? value) => FormulaValue.Of(type switch
    {
        FieldType.Number => FilterMethods.Number(value),
        FieldType.Decimal => FilterMethods.Decimal(value),
        FieldType.Boolean => FilterMethods.Boolean(value),
        FieldType.Date => FilterMethods.Text(value) is { } date ? TimeValues.ParseDate(date) : null,
        FieldType.Instant => FilterMethods.Text(value) is { } instant ? TimeValues.ParseInstant(instant) : null,
        FieldType.Money => FilterMethods.Decimal(FilterMethods.Member(value, "amount")) is { } amount && FilterMethods.Text(FilterMethods.Member(value, "currency")) is { } currency ? new MoneyAmount(amount, currency) : null,
        _ => FilterMethods.Text(value),
    });
}
