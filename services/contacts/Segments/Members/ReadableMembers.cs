using Platform.CustomFields;
using Platform.Errors;
using Platform.Filtering;

namespace Platform.Contacts.Segments.Members;

/// <summary>Whether the caller may learn who the members of a segment are.</summary>
internal static class ReadableMembers
{
    /// <summary>The segment; the error where there is none, or where its expression reads what is hidden from the caller.</summary>
    public static async Task<Result<Segment>> FindReadableAsync(this ContactsDbContext db, string id, CustomFieldDirectory fields, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.FindSegmentAsync(id, cancellationToken) is not { } segment)
            return SegmentErrors.NotFound(id);
        await fields.LoadAsync(db.Caller, cancellationToken);
        if (!segment.IsDynamic)
            return segment;
        var bound = MemberKind.Find(segment.Resource)!.Bind(segment.Filter, db, FilterContext.Of(db, time, segment.TimeZone), strict: false);
        // One that no longer fits the fields keeps its members.
        return bound is { IsError: true, Error.Status: Google.Rpc.Code.PermissionDenied } ? bound.Error : segment;
    }
}
