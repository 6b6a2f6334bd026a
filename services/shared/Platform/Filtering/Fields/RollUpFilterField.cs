using System.Linq.Expressions;
using Google.Protobuf.WellKnownTypes;
using Platform.CustomFields;
using Platform.CustomFields.RollUps;
using Platform.CustomFields.V1;
using Platform.Errors;
using Platform.Filtering.Conditions;
using Platform.Filtering.Parsing;
using Platform.Filtering.Values;

namespace Platform.Filtering.Fields;

/// <summary>Comparisons with roll-ups, whose values are beside the records.</summary>
internal static class RollUpFilterField
{
    private static readonly ParameterExpression Row = Expression.Parameter(typeof(RollUpValue), "value");

    private static Accessor<RollUpValue, decimal?> Number => new(Expression.Property(Row, nameof(RollUpValue.Number)), value => value.Number);

    private static Accessor<RollUpValue, string?> Word => new(Expression.Property(Row, nameof(RollUpValue.Word)), value => value.Word);

    private static Accessor<RollUpValue, bool?> IsTrue => new(
        Expression.Condition(
            Expression.Equal(Word.Body, Expression.Constant(null, typeof(string))), Expression.Constant(null, typeof(bool?)),
            Expression.Convert(Expression.Equal(Word.Body, Expression.Constant(RollUpValue.True)), typeof(bool?))),
        value => value.Word is null ? null : value.Word == RollUpValue.True);

    private static Test<RollUpValue> HasValue => new(
        Expression.NotEqual(Expression.Property(Row, nameof(RollUpValue.SortKey)), Expression.Constant(null, typeof(string))), value => value.SortKey is not null || value.Number is not null);

    /// <summary>The comparison.</summary>
    /// <param name="restriction">As it was written; the first name of its path is the whole field.</param>
    /// <param name="row">The row of the record's schema.</param>
    /// <param name="stored">Reads the record's custom fields.</param>
    /// <param name="defined">What the company said.</param>
    /// <param name="rollUp">The roll-up, or formula over some; null where it counts nothing, so that nothing passes.</param>
    public static Result<Condition<T>> Bind<T>(Restriction restriction, ParameterExpression row, Accessor<T, Struct> stored, DefinedField defined, BesideField? rollUp)
    {
        var presence = restriction.Field.Parts.Count == 1 ? FilterField<RollUpValue>.AsksPresence(restriction) : null;
        if (presence is { } wanted)
            return FilterField<T>.WithNot(new OfRollUp<T>(row, stored, rollUp, HasValue, Row, isPresence: true), wanted);
        var bound = Of(restriction.Field.First, defined.Definition.ValueType()).Bind(restriction);
        return bound.IsError ? bound.Error : new OfRollUp<T>(row, stored, rollUp, bound.Value, Row, isPresence: false);
    }

    /// <summary>How records are sorted by a roll-up; null where it counts nothing.</summary>
    public static KeptOrder? OrderOf(BesideField? rollUp) =>
        rollUp is null ? null : new KeptOrder(rollUp.Child, rollUp.StoredKey) { IsRollUp = true, MissingIsLeast = rollUp.IsCount, Formula = rollUp as RollUpFormula };

    private static FilterField<RollUpValue> Of(string name, FieldType type) => type switch
    {
        FieldType.Text => new TextField<RollUpValue>(name, Word),
        FieldType.Boolean => new ScalarField<RollUpValue, bool>(name, FilterKind.Boolean, IsTrue, Choices.Boolean) { IsOrdered = false },
        FieldType.Money => new MoneyField<RollUpValue>(name, Row, Number, Word),
        FieldType.Date => new MappedTextField<RollUpValue, DateOnly>(name, FilterKind.Date, Word, Dates.Date, TimeValues.Format),
        FieldType.Instant => new MappedTextField<RollUpValue, DateTimeOffset>(name, FilterKind.Instant, Word, Dates.Instant, TimeValues.Format),
        _ => new ScalarField<RollUpValue, decimal>(name, FilterKind.Number, Number, Numbers.Decimal),
    };
}
