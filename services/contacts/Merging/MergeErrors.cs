using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Contacts.Merging;

internal static class MergeErrors
{
    public static Error AlreadyMerged(string noun, Guid id, Guid survivor) =>
        Error.Precondition("ALREADY_MERGED", Say($"The {noun} '{id}' is part of '{survivor}' by now: use that one."));

    public static Error MergedFurther(string noun, Guid id, Guid survivor) =>
        Error.Precondition("MERGED_FURTHER", Say($"The {noun} '{id}' became part of '{survivor}' since: take that merge back first."));

    public static Error LaterMerge(Guid last) =>
        Error.Precondition("LATER_MERGE", Say($"Another merge came after this one: take back '{last}' first."));

    public static Error TooLate(TimeSpan grace) =>
        Error.Precondition("UNMERGE_TOO_LATE", Say($"A merge can be taken back for {grace.TotalDays:0} days; what the merged records held is deleted since."));

    public static Error NotWritable(IReadOnlyList<FieldViolation> fields) =>
        new(Google.Rpc.Code.PermissionDenied, "FIELD_NOT_WRITABLE", string.Join(" ", fields.Select(field => $"{field.Field}: {field.Message}"))) { Violations = fields };
}
