using Platform.Data;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Metadata.Objects;

internal static class ObjectErrors
{
    public static Error Deleted(string field) => OfKey("OBJECT_DELETED", field, "An object of this key was deleted and can be restored: restore it, or use another key.");

    public static readonly Error IsDeleted = Error.Precondition("OBJECT_IS_DELETED", "This object is deleted: restore it before you change it.");

    public static readonly Error NotDeleted = Error.Precondition("OBJECT_NOT_DELETED", "This object is in use: there is nothing to restore.");

    public static Error TooMany => Error.Precondition("TOO_MANY_OBJECTS", Say($"A company has at most {ObjectRules.MaxObjects} objects of its own: delete one first."));

    public static Error AnotherIsPublic(string label) => Error.Precondition("ANOTHER_IS_PUBLIC", Say($"'{label}' is public already: a company has one knowledge base."));

    public static Error Exists(string field) => OfKey("OBJECT_EXISTS", field, "There is an object of this key already.");

    /// <summary>What two calls at once run into.</summary>
    public static Violation[] OnCreate() =>
        [new UniqueViolation(CustomObjectConfiguration.UniqueKey, Exists("key")), new UniqueViolation(CustomObjectConfiguration.UniquePluralKey, Exists("pluralKey"))];

    public static Error IsCounted(string rollUp) => Error.Precondition("OBJECT_IN_USE", Say($"The roll-up '{rollUp}' counts records of this object: change or delete that one first."));

    public static Error NotFound(string id) => Error.NotFound("object", id);

    public static Error NeverChanges(string field) => Error.Invalid($"objectType.{field}", "This never changes: make another object.");

    private static Error OfKey(string code, string field, string message) => Error.AlreadyExists(code, message) with { Violations = [new FieldViolation($"objectType.{field}", message)] };
}
