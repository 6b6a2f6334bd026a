using Microsoft.EntityFrameworkCore;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;
using Platform.Filtering;
using Platform.Filtering.Values;

namespace Platform.Contacts.Segments;

/// <summary>What may be asked of the expression of a dynamic segment, and how lists of records ask for the members of a segment.</summary>
internal static class SegmentFilters
{
    /// <summary>As lists of people, companies and leads name it.</summary>
    public const string Field = "segments";

    /// <summary>Ids of the members of a segment; of none whose expression reads what is hidden from the caller.</summary>
    public static IQueryable<Guid> MembersOf(PlatformDbContext asked, Guid segment)
    {
        var db = (ContactsDbContext)asked;
        var members = db.SegmentMembers.Where(member => member.SegmentId == segment);
        if (ReadFields.HiddenFrom(db.Caller) is { Count: > 0 } hidden)
            members = members.Where(member => !db.Segments.Any(read => read.Id == member.SegmentId && read.Reads.Any(field => hidden.Contains(field))));
        return members.Select(member => member.RecordId);
    }

    /// <summary>Ties the expression of a segment to its records, as who changes it may.</summary>
    public static async Task<Result<SegmentCondition>> BindAsync(V1.Segment segment, ContactsDbContext db, CustomFieldDirectory fields, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await fields.TryLoadAsync(db.Caller, cancellationToken) is { } unavailable)
            return unavailable;
        var bound = MemberKind.Find(segment.Resource)!.Bind(segment.Filter, db, FilterContext.Of(db, time, segment.TimeZone));
        if (bound.IsError)
            return OfSegment(bound.Error);
        if (bound.Value.Filter.CheckWithoutCaller() is { } personal)
            return OfSegment(personal);
        return bound.Value.Fields.Any(read => read.Field == Field)
            ? Error.Invalid("segment.filter", "The expression of a segment does not ask for other segments: say what their records have.") : bound;
    }

    /// <summary>When the members change by themselves next; null where only changes of records change them.</summary>
    public static DateTimeOffset? NextChange(Filter filter, IEnumerable<(string Resource, string Field)> fields, string timeZone, DateTimeOffset now)
    {
        // What a formula gives may change with its definition, which touches no record.
        if (!filter.ReadsClock && !fields.Any(read => read.Field.StartsWith("custom_fields", StringComparison.Ordinal)))
            return null;
        var midnight = NextMidnight(timeZone.Length == 0 ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(timeZone), now);
        return filter.ReadsTimeOfDay && now.AddHours(1) < midnight ? now.AddHours(1) : midnight;
    }

    // The expression is a field of the segment here, and no parameter of a list.
    private static Error OfSegment(Error error) => error with
    {
        Violations = [.. error.Violations.Select(violation => violation.Field == "filter" ? violation with { Field = "segment.filter" } : violation)],
    };

    private static DateTimeOffset NextMidnight(TimeZoneInfo zone, DateTimeOffset now) =>
        Dates.StartOf(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime).AddDays(1), zone);
}
