using Platform.Access;
using Platform.Contacts.Leads;
using Platform.CustomFields;
using Platform.CustomFields.V1;
using Platform.Languages;
using static Platform.Languages.Wording;

namespace Platform.Contacts.Forms;

/// <summary>A field that a form may ask for.</summary>
/// <param name="Path">As forms name it.</param>
/// <param name="Type">As forms tell it.</param>
/// <param name="Label">In the language of the call.</param>
/// <param name="Definition">Of a field that the company defined.</param>
internal sealed record FormField(string Path, string Type, string Label, Field? Definition = null);

/// <summary>The fields that forms may ask for.</summary>
internal static class FormFields
{
    private const string Custom = $"{ResourceInfo.CustomFields}.";

    /// <summary>The field of that path; null where there is none, or it is none for a form.</summary>
    public static FormField? Find(string path, TenantFields fields) => path switch
    {
        "first_name" => new FormField(path, "text", Say($"First name")),
        "last_name" => new FormField(path, "text", Say($"Last name")),
        "email" => new FormField(path, "email", Say($"E-mail")),
        "phone" => new FormField(path, "phone", Say($"Phone")),
        "company_name" => new FormField(path, "text", Say($"Company")),
        "job_title" => new FormField(path, "text", Say($"Job title")),
        _ when path.StartsWith(Custom, StringComparison.Ordinal) => OfCompany(path, fields),
        _ => null,
    };

    /// <summary>Whether no two leads have the same in the field: a form that asked for it would tell anybody what is there already.</summary>
    public static bool IsUnique(string path, TenantFields fields) => Defined(path, fields) is { Unique: true };

    private static FormField? OfCompany(string path, TenantFields fields) =>
        Defined(path, fields) is { Unique: false } known && TypeOf(known.Type) is { } type
            ? new FormField(path, type, Translated.Pick(known.LabelTranslations, known.Label), known)
            : null;

    private static Field? Defined(string path, TenantFields fields) =>
        path.StartsWith(Custom, StringComparison.Ordinal) ? fields.Of(Lead.Resource.Info.Name).Find(path[Custom.Length..])?.Definition : null;

    private static string? TypeOf(FieldType type) => type switch
    {
        FieldType.Text => "text",
        FieldType.LongText => "long_text",
        FieldType.Number => "number",
        FieldType.Date => "date",
        FieldType.Boolean => "boolean",
        FieldType.SingleChoice => "single_choice",
        FieldType.Email => "email",
        FieldType.Phone => "phone",
        FieldType.Url => "url",
        _ => null,
    };
}
