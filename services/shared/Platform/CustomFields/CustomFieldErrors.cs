using Platform.Errors;
using Code = Google.Rpc.Code;

namespace Platform.CustomFields;

internal static class CustomFieldErrors
{
    public static readonly Error Unavailable =
        new(Code.Unavailable, "METADATA_UNAVAILABLE", "What custom fields your company has cannot be asked right now: try again in a moment.");

    public static Error NotUnique(string field, string label) =>
        new(Code.AlreadyExists, "CUSTOM_FIELD_NOT_UNIQUE", $"{field}: another record has this value of '{label}' already.")
        {
            Violations = [new FieldViolation(field, $"Another record has this value of '{label}' already.")],
        };
}
