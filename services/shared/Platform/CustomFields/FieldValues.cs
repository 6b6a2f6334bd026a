using Google.Protobuf.WellKnownTypes;
using Platform.CustomFields.Relations;
using Platform.CustomFields.V1;

namespace Platform.CustomFields;

/// <summary>One value of each type: checked, and in the one form in which it is stored, so that equal values are equal texts.</summary>
internal static class FieldValues
{
    public static ReadValue Read(Field field, Value value, Value? stored) => field.Type switch
    {
        FieldType.Text or FieldType.Confidential => TextValues.Line(field, value),
        FieldType.LongText => TextValues.Lines(field, value),
        FieldType.Email => TextValues.Email(value),
        FieldType.Phone => TextValues.Phone(value),
        FieldType.Url => TextValues.Url(value),
        FieldType.Number => NumberValues.Whole(field, value),
        FieldType.Decimal => NumberValues.Decimal(field, value),
        FieldType.Money => NumberValues.Money(field, value),
        FieldType.Date => TimeValues.Date(field, value),
        FieldType.Instant => TimeValues.Instant(field, value),
        FieldType.Boolean => value.KindCase == Value.KindOneofCase.BoolValue ? value : "Use true or false.",
        FieldType.SingleChoice => ChoiceValues.One(field, value),
        FieldType.MultipleChoice => ChoiceValues.Several(field, value, stored),
        FieldType.Relations => RelationValues.Several(value),
        FieldType.User or FieldType.Relation => Guid.TryParseExact(value.StringValue, "D", out var id) ? Value.ForString(id.ToString()) : "Use the id of a resource (a UUID).",
        _ => "This field has a type that is not known here yet.",
    };
}

/// <summary>A value in its stored form, or what is wrong with it.</summary>
internal readonly record struct ReadValue(Value? Value, string? Fault)
{
    public static implicit operator ReadValue(Value value) => new(value, null);

    public static implicit operator ReadValue(string fault) => new(null, fault);
}
