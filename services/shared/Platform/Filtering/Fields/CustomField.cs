using System.Linq.Expressions;
using Google.Protobuf.WellKnownTypes;
using Platform.Errors;
using Platform.Filtering.Conditions;
using Platform.Filtering.Parsing;
using Platform.Filtering.Sql;
using Platform.Filtering.Values;

namespace Platform.Filtering.Fields;

/// <summary>
/// Fields that the tenant defined. The kind of a comparison is that of its value: a number without quotes is compared with
/// numbers only, true and false with those, all else with text. A row whose value is of another kind is unknown.
/// </summary>
internal sealed class CustomField<T>(string name, ParameterExpression row, LambdaExpression accessor) : FilterField<T>(name, FilterKind.Custom)
{
    private readonly Accessor<T, Struct> _accessor = Accessor.Of<T, Struct>(row, accessor);

    public override Result<Condition<T>> Bind(Restriction restriction)
    {
        if (restriction.Field.Parts.Count == 1)
            return BindKey(restriction);
        var value = new CustomValue<T>(_accessor, restriction.Field.Parts.Skip(1));
        if (AsksPresence(restriction) is { } present)
            return WithNot(value.Presence(), present);
        // The parts of the path are keys from here on.
        var own = restriction with { Field = restriction.Field with { Parts = [restriction.Field.Text] } };
        return restriction.Argument switch
        {
            Literal { IsQuoted: false, Value: "true" or "false" } => new ScalarField<T, bool>(own.Field.First, FilterKind.Boolean, value.Boolean, Choices.Boolean) { IsOrdered = false }.Bind(own),
            Literal { IsQuoted: false } number when Numbers.ParseDecimal(number.Value) is not null => new ScalarField<T, decimal>(own.Field.First, FilterKind.Number, value.Number, Numbers.Decimal).Bind(own),
            _ => BindText(own, value),
        };
    }

    // custom_fields:color asks for a key, as AIP-160 has it for maps.
    private Result<Condition<T>> BindKey(Restriction restriction) => restriction is { Comparator: Comparator.Has, Argument: Literal { IsWildcard: false } key }
        ? new CustomValue<T>(_accessor, [key.Value]).Presence()
        : FilterErrors.At(restriction.Position, $"Name a field: {Name}.color = \"red\".");

    private static Result<Condition<T>> BindText(Restriction restriction, CustomValue<T> value)
    {
        var text = new TextField<T>(restriction.Field.First, value.Text).Compare(restriction);
        if (text.IsError || restriction is not { Comparator: Comparator.Has, Argument: Literal element } || Variable.IsMeant(element))
            return text;
        return new Combination<T>([text.Value, value.Contains(element.Value)], all: false);
    }
}
