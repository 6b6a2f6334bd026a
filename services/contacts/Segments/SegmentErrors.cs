using Platform.Data;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Contacts.Segments;

internal static class SegmentErrors
{
    public static readonly Error Dynamic = Error.Precondition("SEGMENT_DYNAMIC", "This segment's expression says who belongs to it: change the expression, or make a static segment.");

    public static Error NotFound(string id) => Error.NotFound("segment", id);

    public static Error TooMany(int most) => new(Google.Rpc.Code.ResourceExhausted, "TOO_MANY_SEGMENTS", Say($"A company has at most {most} dynamic segments: delete one."));

    public static UniqueViolation NameTaken(string name)
    {
        var told = Say($"There is a segment named '{name}' already.");
        return new(Segment.UniqueName, Error.AlreadyExists("SEGMENT_EXISTS", told) with { Violations = [new FieldViolation("segment.name", told)] });
    }

    public static Error TooLarge(int most) => Error.Invalid("filter", Say($"More than {most} records pass: narrow the filter."));
}
