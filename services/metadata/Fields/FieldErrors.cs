using Platform.Data;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Metadata.Fields;

internal static class FieldErrors
{
    public static readonly Error Exists = OfKey("FIELD_EXISTS", "There is a field of this key already.");

    public static readonly Error Deleted = OfKey("FIELD_DELETED", "A field of this key was deleted and can be restored: restore it, or use another key.");

    public static readonly Error IsDeleted = Error.Precondition("FIELD_IS_DELETED", "This field is deleted: restore it before you change it.");

    public static readonly Error NotDeleted = Error.Precondition("FIELD_NOT_DELETED", "This field is in use: there is nothing to restore.");

    public static Error TooMany => Error.Precondition("TOO_MANY_FIELDS", Say($"A resource has at most {FieldRules.MaxFields} custom fields: delete one first."));

    public static readonly UniqueViolation KeyTaken = new(CustomFieldConfiguration.UniqueKey, Exists);

    public static Error InUse(string formula) => Error.Precondition("FIELD_IN_USE", Say($"The formula 'custom_fields.{formula}' reads this field: change or delete that one first."));

    public static Error IsCounted(string rollUp) => Error.Precondition("FIELD_IN_USE", Say($"The roll-up '{rollUp}' reads this field: change or delete that one first."));

    public static Error NotFound(string id) => Error.NotFound("field", id);

    public static Error NotReadable(IReadOnlyList<string> paths)
    {
        var message = Say($"You may not see what this formula reads: {string.Join(", ", paths)}.");
        return new Error(Google.Rpc.Code.PermissionDenied, "FIELD_NOT_READABLE", message) { Violations = [new FieldViolation("formula", message)] };
    }

    public static Error NeverChanges(string field) => Error.Invalid($"field.{field}", "This never changes: make another field.");

    private static Error OfKey(string code, string message) => Error.AlreadyExists(code, message) with { Violations = [new FieldViolation("field.key", message)] };
}
