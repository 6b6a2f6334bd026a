using Platform.Data;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Records.Objects;

internal static class RecordErrors
{
    public static readonly Error NotDeleted = Error.Precondition("RECORD_NOT_DELETED", "This record is in use: there is nothing to restore.");

    public static readonly UniqueViolation NumberTaken = new(
        RecordConfiguration.UniqueNumber,
        Error.Precondition("RECORD_NUMBER_TAKEN", "The object's pattern makes a number that another record has already: change the pattern."));

    public static Error DeletedWith(Guid other) =>
        Error.Precondition("RECORD_DELETED_WITH_ANOTHER", Say($"This record went with the deletion of '{other}', and is restored with it: restore that one."));

    public static Error NeedsDeleted(string label, Guid other) =>
        Error.Precondition("RELATED_RECORD_DELETED", Say($"'{label}' leads to '{other}', which is deleted and without which this record is not in use: restore that one first."));

    public static Error NotFound(string id) => Error.NotFound("record", id);

    public static Error NeedsName(string place) => Error.Invalid($"{place}.name", "A record needs a name.");

    public static Error OtherObject(string place, string resource) => Error.Invalid($"{place}.resource", Say($"The address names {resource}: leave this out, or name the same."));
}
