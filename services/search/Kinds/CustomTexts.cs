using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.CustomFields;
using Platform.CustomFields.V1;

namespace Platform.Search.Kinds;

/// <summary>Which of the fields that companies define are searched: those that hold text, and never what is confidential.</summary>
internal static class CustomTexts
{
    private const short Weight = 4;

    /// <summary>The searched fields of a kind of record, with their paths.</summary>
    public static IEnumerable<SearchedField> Of(TenantFields fields, string resource) => fields.Of(resource).All.Select(Of).OfType<SearchedField>();

    /// <summary>The text of a value; null where there is none.</summary>
    public static string? TextOf(Struct values, SearchedField field) =>
        values.Fields.TryGetValue(field.Path[ResourceInfo.CustomFieldsPrefix.Length..], out var value) && value.KindCase == Value.KindOneofCase.StringValue ? value.StringValue : null;

    private static SearchedField? Of(DefinedField field) => field.Type switch
    {
        FieldType.Text or FieldType.LongText or FieldType.Url => new SearchedField(ResourceInfo.CustomFieldsPrefix + field.Key, Weight),
        FieldType.Email or FieldType.AutoNumber => new SearchedField(ResourceInfo.CustomFieldsPrefix + field.Key, Weight, FieldUse.Name),
        FieldType.Phone => new SearchedField(ResourceInfo.CustomFieldsPrefix + field.Key, Weight, FieldUse.Phone),
        _ => null,
    };
}
