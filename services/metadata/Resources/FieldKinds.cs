using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Platform.Common.V1;

namespace Platform.Metadata.Resources;

/// <summary>The kinds of fields in words, for clients that draw them.</summary>
internal static class FieldKinds
{
    /// <summary>Of a field of a message.</summary>
    public static string Of(FieldDescriptor field) => field switch
    {
        { IsRepeated: true } => "list",
        { FieldType: FieldType.String, Name: "id" } => "id",
        { FieldType: FieldType.String, Name: "email" } => "email",
        { FieldType: FieldType.String, Name: "phone" or "phone_e164" } => "phone",
        { FieldType: FieldType.String, Name: "website" } => "url",
        { FieldType: FieldType.String, Name: "owner_id" } => "user",
        { FieldType: FieldType.String, Name: var name } when name.EndsWith("_date", StringComparison.Ordinal) => "date",
        { FieldType: FieldType.String, Name: var name } when name.EndsWith("_id", StringComparison.Ordinal) => "relation",
        { FieldType: FieldType.String } => "text",
        { FieldType: FieldType.Bool } => "boolean",
        { FieldType: FieldType.Enum } => "enum",
        { FieldType: FieldType.Message } when field.MessageType == Money.Descriptor => "money",
        { FieldType: FieldType.Message } when field.MessageType == Timestamp.Descriptor => "instant",
        { FieldType: FieldType.Message } => "message",
        _ => "number",
    };

    /// <summary>Of a custom field: FIELD_TYPE_LONG_TEXT → long_text.</summary>
    public static string Of(V1.FieldType type) =>
        string.Concat(type.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
