using System.Linq.Expressions;
using Google.Protobuf.WellKnownTypes;
using Platform.CustomFields;
using Platform.CustomFields.Computing;
using Platform.CustomFields.V1;
using Platform.Filtering.Values;

namespace Platform.Filtering.Fields;

/// <summary>Makes of a field that a company defined what expressions and orders need: a field of the type that its values have.</summary>
internal static class TypedFields
{
    /// <summary>The field.</summary>
    /// <param name="name">As the expression names it.</param>
    /// <param name="row">The schema's row.</param>
    /// <param name="fields">Where all values are.</param>
    /// <param name="defined">What the company said.</param>
    /// <param name="hasRates">Whether the rows keep the rates of amounts, by which those are compared in the company's currency.</param>
    public static FilterField<T> Of<T>(string name, ParameterExpression row, Accessor<T, Struct> fields, DefinedField defined, bool hasRates)
    {
        var definition = defined.Definition;
        var value = new CustomValue<T>(fields, [defined.StoredKey]);
        return definition.ValueType() switch
        {
            FieldType.Number => new ScalarField<T, decimal>(name, FilterKind.Number, row, value.Number, Numbers.Decimal),
            FieldType.Decimal => new ScalarField<T, decimal>(name, FilterKind.Number, row, value.Decimal, Numbers.Decimal),
            FieldType.Money => new MoneyField<T>(name, row, new CustomValue<T>(fields, [defined.StoredKey, "amount"]).Decimal, new CustomValue<T>(fields, [defined.StoredKey, "currency"]).Text,
                hasRates ? new CustomValue<T>(fields, [RecordRates.KeyOf(defined.StoredKey)]).Decimal : null),
            FieldType.Boolean => new ScalarField<T, bool>(name, FilterKind.Boolean, value.Boolean, Choices.Boolean) { IsOrdered = false },
            FieldType.Date => new MappedTextField<T, DateOnly>(name, FilterKind.Date, value.Text, Dates.Date, TimeValues.Format) { SortKey = new TextSortKey<T>(row, value.Text) },
            FieldType.Instant => new MappedTextField<T, DateTimeOffset>(name, FilterKind.Instant, value.Text, Dates.Instant, TimeValues.Format) { SortKey = new TextSortKey<T>(row, value.Text) },
            FieldType.User or FieldType.Relation => new MappedTextField<T, Guid>(name, FilterKind.Id, value.Text, Ids.Id, id => id.ToString()) { IsOrdered = false },
            FieldType.Relations => new RelatedListField<T>(name, value),
            FieldType.SingleChoice => new ChosenField<T>(name, value, definition) { SortKey = new TextSortKey<T>(row, value.Text) },
            FieldType.MultipleChoice => new ChosenField<T>(name, value, definition),
            _ => new TextField<T>(name, value.Text) { SortKey = new TextSortKey<T>(row, value.Text) },
        };
    }
}
